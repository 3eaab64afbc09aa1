package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes chunks of {@link SessionWindow}s. */
public final class SessionWindowChunkSerializer extends ChunkSerializer<SessionWindow> {
  private static final long serialVersionUID = 1L;

  @Override
  void write(SessionWindow session, DataOutputView target) throws IOException {
    target.writeLong(session.start());
    target.writeLong(session.end());
    target.writeLong(session.events());
    session.aggregate().write(target);
  }

  @Override
  SessionWindow read(DataInputView source) throws IOException {
    long start = source.readLong();
    long end = source.readLong();
    long events = source.readLong();
    return new SessionWindow(start, end, Aggregate.read(source), events);
  }

  @Override
  public TypeSerializerSnapshot<Chunk<SessionWindow>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Chunk<SessionWindow>> {
    /** For Flink. */
    public Snapshot() {
      super(SessionWindowChunkSerializer::new);
    }
  }
}
