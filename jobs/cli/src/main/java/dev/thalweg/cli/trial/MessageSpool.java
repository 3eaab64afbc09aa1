package dev.thalweg.cli.trial;

import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageSerializer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/** A sink that writes messages to a file; for one writer. */
final class MessageSpool implements Sink<Message> {
  private static final long serialVersionUID = 1L;

  private final String file;

  MessageSpool(Path file) {
    this.file = file.toString();
  }

  /** Hands every message written to {@code reader}. */
  void read(Consumer<Message> reader) throws IOException {
    MessageSerializer serializer = new MessageSerializer();
    try (var in =
        new DataInputViewStreamWrapper(
            new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16))) {
      while (true) {
        reader.accept(serializer.deserialize(in));
      }
    } catch (EOFException e) {
      // The end of the file is the end of the messages.
    }
  }

  @Override
  public SinkWriter<Message> createWriter(WriterInitContext context) throws IOException {
    return new Writer(Path.of(file));
  }

  private static final class Writer implements SinkWriter<Message> {
    private final DataOutputViewStreamWrapper out;
    private final MessageSerializer serializer = new MessageSerializer();

    Writer(Path file) throws IOException {
      out =
          new DataOutputViewStreamWrapper(
              new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
    }

    @Override
    public void write(Message message, Context context) throws IOException {
      serializer.serialize(message, out);
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
