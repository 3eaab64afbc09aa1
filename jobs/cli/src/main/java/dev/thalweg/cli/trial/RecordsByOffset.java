package dev.thalweg.cli.trial;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.event.RawRecordSerializer;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Records of one partition, which come in any order and are read in that of their offsets. Keeps
 * eight bytes of memory for each offset, the rest in a file.
 */
final class RecordsByOffset implements Closeable {
  private static final long NONE = -1;

  private final RandomAccessFile file;
  private final RawRecordSerializer serializer = new RawRecordSerializer();
  private final DataOutputSerializer buffer = new DataOutputSerializer(512);
  private long[] begins = new long[0];
  private long end;

  RecordsByOffset(Path file) throws IOException {
    this.file = new RandomAccessFile(file.toFile(), "rw");
  }

  void add(RawRecord record) throws IOException {
    int offset = Math.toIntExact(record.origin().offset());
    if (offset >= begins.length) {
      int before = begins.length;
      begins = Arrays.copyOf(begins, Math.max(1024, 2 * offset));
      Arrays.fill(begins, before, begins.length, NONE);
    }
    buffer.clear();
    buffer.writeInt(0);
    serializer.serialize(record, buffer);
    buffer.writeIntUnsafe(buffer.length() - Integer.BYTES, 0);
    file.seek(end);
    file.write(buffer.getSharedBuffer(), 0, buffer.length());
    begins[offset] = end;
    end += buffer.length();
  }

  /** Adds all records to a spool, in the order of their offsets. */
  void copyTo(RecordSpool spool) throws IOException {
    for (long begin : begins) {
      if (begin != NONE) {
        file.seek(begin);
        byte[] bytes = new byte[file.readInt()];
        file.readFully(bytes);
        spool.add(serializer.deserialize(new DataInputDeserializer(bytes)));
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
