package dev.thalweg.operators.dedup;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes {@link SeenIds}: the number of ids (negative, less one, where it has overflown), then
 * three longs for each.
 */
public final class SeenIdsSerializer extends TypeSerializerSingleton<SeenIds> {
  /** The one instance. */
  public static final SeenIdsSerializer INSTANCE = new SeenIdsSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public SeenIds createInstance() {
    return new SeenIds();
  }

  @Override
  public SeenIds copy(SeenIds from) {
    return from.copy();
  }

  @Override
  public SeenIds copy(SeenIds from, SeenIds reuse) {
    return from.copy();
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(SeenIds ids, DataOutputView target) throws IOException {
    target.writeInt(ids.isOverflown() ? -1 - ids.size() : ids.size());
    long[] slots = ids.slots();
    for (int i = 0; i < ids.size() * SeenIds.STRIDE; i++) {
      target.writeLong(slots[i]);
    }
  }

  @Override
  public SeenIds deserialize(DataInputView source) throws IOException {
    int header = source.readInt();
    int size = size(header);
    // Room for one more, as an event that is looked up is mostly added next.
    long[] slots = new long[(size + 1) * SeenIds.STRIDE];
    for (int i = 0; i < size * SeenIds.STRIDE; i++) {
      slots[i] = source.readLong();
    }
    return new SeenIds(slots, size, header < 0);
  }

  private static int size(int header) {
    return header < 0 ? -1 - header : header;
  }

  @Override
  public SeenIds deserialize(SeenIds reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int header = source.readInt();
    target.writeInt(header);
    // One by one, as Flink's growing buffer does not grow when it is given a view to write from.
    for (int i = 0; i < size(header) * SeenIds.STRIDE; i++) {
      target.writeLong(source.readLong());
    }
  }

  @Override
  public TypeSerializerSnapshot<SeenIds> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SeenIds> {
    /** For Flink. */
    public Snapshot() {
      super(() -> INSTANCE);
    }
  }
}
