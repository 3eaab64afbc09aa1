package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MutableSerializer;
import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes slices; their aggregates change in place. */
final class SliceStateSerializer extends MutableSerializer<SliceState> {
  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(SliceState slice, DataOutputView target) throws IOException {
    target.writeLong(slice.start());
    target.writeLong(slice.events());
    slice.aggregate().write(target);
  }

  @Override
  public SliceState deserialize(DataInputView source) throws IOException {
    long start = source.readLong();
    long events = source.readLong();
    return new SliceState(start, Aggregate.read(source), events);
  }

  @Override
  public TypeSerializerSnapshot<SliceState> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SliceState> {
    /** For Flink. */
    public Snapshot() {
      super(SliceStateSerializer::new);
    }
  }
}
