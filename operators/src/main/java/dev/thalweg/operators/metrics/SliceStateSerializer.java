package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes slices. Their aggregates change in place, so copies are deep. */
final class SliceStateSerializer extends TypeSerializerSingleton<SliceState> {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public SliceState createInstance() {
    return null;
  }

  @Override
  public SliceState copy(SliceState from) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serialize(from, out);
      return deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public SliceState copy(SliceState from, SliceState reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

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
  public SliceState deserialize(SliceState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
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
