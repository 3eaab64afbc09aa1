package dev.thalweg.cli.trial;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * A sink that writes to a file; for one writer.
 *
 * @param <T> what is written
 */
final class Spool<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final TypeSerializer<T> serializer;

  Spool(Path file, TypeSerializer<T> serializer) {
    this.file = file.toString();
    this.serializer = serializer;
  }

  /** Takes what was written, one after the other. */
  interface Reader<T> {
    void accept(T value) throws IOException;
  }

  /** Hands everything written to {@code reader}. */
  void read(Reader<T> reader) throws IOException {
    TypeSerializer<T> own = serializer.duplicate();
    try (var in =
        new DataInputViewStreamWrapper(
            new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16))) {
      while (true) {
        reader.accept(own.deserialize(in));
      }
    } catch (EOFException e) {
      // The end of the file is the end of what was written.
    }
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    return new Writer<>(Path.of(file), serializer.duplicate());
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private final DataOutputViewStreamWrapper out;
    private final TypeSerializer<T> serializer;

    Writer(Path file, TypeSerializer<T> serializer) throws IOException {
      this.serializer = serializer;
      out =
          new DataOutputViewStreamWrapper(
              new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    @Override
    public void write(T value, Context context) throws IOException {
      serializer.serialize(value, out);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
