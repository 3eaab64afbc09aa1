package dev.thalweg.operators.dedup;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializes {@link ChunkKey}: eight bytes of the bucket, four of the chunk. */
public final class ChunkKeySerializer extends TypeSerializerSingleton<ChunkKey> {
  /** The one instance. */
  public static final ChunkKeySerializer INSTANCE = new ChunkKeySerializer();

  private static final long serialVersionUID = 1L;

  /** Keys in state do not change. */
  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public ChunkKey createInstance() {
    return new ChunkKey(0, 0);
  }

  @Override
  public ChunkKey copy(ChunkKey from) {
    return from;
  }

  @Override
  public ChunkKey copy(ChunkKey from, ChunkKey reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return Long.BYTES + Integer.BYTES;
  }

  @Override
  public void serialize(ChunkKey key, DataOutputView target) throws IOException {
    target.writeLong(key.bucket());
    target.writeInt(key.chunk());
  }

  @Override
  public ChunkKey deserialize(DataInputView source) throws IOException {
    return new ChunkKey(source.readLong(), source.readInt());
  }

  @Override
  public ChunkKey deserialize(ChunkKey reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.writeLong(source.readLong());
    target.writeInt(source.readInt());
  }

  @Override
  public TypeSerializerSnapshot<ChunkKey> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ChunkKey> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
