package dev.thalweg.cli.trial;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.event.RawRecordSerializer;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/** Records in a file, for a source to read in their order. */
final class RecordSpool implements Closeable {
  private final Path file;
  private final DataOutputViewStreamWrapper out;
  private final RawRecordSerializer serializer = new RawRecordSerializer();
  private long count;

  RecordSpool(Path file) throws IOException {
    this.file = file;
    out =
        new DataOutputViewStreamWrapper(
            new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
  }

  void add(RawRecord record) throws IOException {
    serializer.serialize(record, out);
    count++;
  }

  long count() {
    return count;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The records, in their order. */
  List<RawRecord> read() throws IOException {
    List<RawRecord> records = new ArrayList<>();
    Reading reading = new Reading(file.toString());
    reading.open(null);
    while (records.size() < count) {
      records.add(reading.map((long) records.size()));
    }
    reading.close();
    return records;
  }

  /** The records, in their order where it runs with a parallelism of 1. */
  DataGeneratorSource<RawRecord> source() {
    TypeInformation<RawRecord> type = MessageTypes.RAW_RECORD;
    return new DataGeneratorSource<>(new Reading(file.toString()), count, type);
  }

  private static final class Reading implements GeneratorFunction<Long, RawRecord> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private transient DataInputViewStreamWrapper in;
    private transient RawRecordSerializer serializer;

    Reading(String file) {
      this.file = file;
    }

    @Override
    public void open(SourceReaderContext context) throws IOException {
      in =
          new DataInputViewStreamWrapper(
              new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16));
      serializer = new RawRecordSerializer();
    }

    @Override
    public RawRecord map(Long index) throws IOException {
      return serializer.deserialize(in);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
