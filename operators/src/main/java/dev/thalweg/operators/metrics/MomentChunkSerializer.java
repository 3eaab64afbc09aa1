package dev.thalweg.operators.metrics;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes chunks of {@link Moment}s. */
public final class MomentChunkSerializer extends ChunkSerializer<Moment> {
  private static final long serialVersionUID = 1L;

  @Override
  void write(Moment moment, DataOutputView target) throws IOException {
    int[] events = moment.events();
    target.writeInt(events.length);
    for (int event : events) {
      target.writeInt(event);
    }
  }

  @Override
  Moment read(DataInputView source) throws IOException {
    int[] events = new int[source.readInt()];
    for (int i = 0; i < events.length; i++) {
      events[i] = source.readInt();
    }
    return new Moment(events);
  }

  @Override
  public TypeSerializerSnapshot<Chunk<Moment>> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Chunk<Moment>> {
    /** For Flink. */
    public Snapshot() {
      super(MomentChunkSerializer::new);
    }
  }
}
