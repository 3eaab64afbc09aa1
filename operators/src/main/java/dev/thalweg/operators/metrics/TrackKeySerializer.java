package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.ImmutableSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link TrackKey}: a byte of the kind, the two texts, eight bytes of the time. */
public final class TrackKeySerializer extends ImmutableSerializer<TrackKey> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<TrackKey> duplicate() {
    return this;
  }

  @Override
  public void serialize(TrackKey key, DataOutputView target) throws IOException {
    target.writeByte(key.kind().ordinal());
    StringValue.writeString(key.name(), target);
    StringValue.writeString(key.dimensions(), target);
    target.writeLong(key.at());
  }

  @Override
  public TrackKey deserialize(DataInputView source) throws IOException {
    return new TrackKey(
        TrackKey.Kind.values()[source.readByte()],
        StringValue.readString(source),
        StringValue.readString(source),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<TrackKey> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrackKey> {
    /** For Flink. */
    public Snapshot() {
      super(TrackKeySerializer::new);
    }
  }
}
