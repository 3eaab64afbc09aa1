package dev.thalweg.operators.metrics;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes chunks of {@link Session}s. */
public final class SessionChunkSerializer extends ChunkSerializer<Session> {
  private static final long serialVersionUID = 1L;

  @Override
  void write(Session session, DataOutputView target) throws IOException {
    target.writeLong(session.start());
    target.writeLong(session.end());
    target.writeInt(session.counts().size());
    for (Map.Entry<String, Long> count : session.counts().entrySet()) {
      StringValue.writeString(count.getKey(), target);
      target.writeLong(count.getValue());
    }
  }

  @Override
  Session read(DataInputView source) throws IOException {
    long start = source.readLong();
    long end = source.readLong();
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int types = source.readInt(); types > 0; types--) {
      counts.put(StringValue.readString(source), source.readLong());
    }
    return new Session(start, end, counts);
  }

  @Override
  public TypeSerializerSnapshot<Chunk<Session>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Chunk<Session>> {
    /** For Flink. */
    public Snapshot() {
      super(SessionChunkSerializer::new);
    }
  }
}
