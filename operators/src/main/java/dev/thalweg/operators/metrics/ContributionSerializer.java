package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes {@link Contribution}: its group, its bounds, how many events, then its aggregate. A
 * copy is deep, as aggregates change when they are merged.
 */
public final class ContributionSerializer extends TypeSerializerSingleton<Contribution> {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Contribution createInstance() {
    return null;
  }

  @Override
  public Contribution copy(Contribution from) {
    try {
      DataOutputSerializer out = new DataOutputSerializer(64);
      from.aggregate().write(out);
      Aggregate aggregate =
          Aggregate.read(new DataInputDeserializer(out.getSharedBuffer(), 0, out.length()));
      return new Contribution(from.group(), from.start(), from.end(), aggregate, from.events());
    } catch (IOException e) {
      throw new IllegalStateException("cannot copy " + from, e);
    }
  }

  @Override
  public Contribution copy(Contribution from, Contribution reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Contribution contribution, DataOutputView target) throws IOException {
    ViewGroup group = contribution.group();
    target.writeByte(group.kind().ordinal());
    StringValue.writeString(group.name(), target);
    StringValue.writeString(group.dimensions(), target);
    target.writeLong(contribution.start());
    target.writeLong(contribution.end());
    target.writeLong(contribution.events());
    contribution.aggregate().write(target);
  }

  @Override
  public Contribution deserialize(DataInputView source) throws IOException {
    ViewGroup.Kind kind = ViewGroup.Kind.values()[source.readByte()];
    ViewGroup group =
        new ViewGroup(kind, StringValue.readString(source), StringValue.readString(source));
    long start = source.readLong();
    long end = source.readLong();
    long events = source.readLong();
    return new Contribution(group, start, end, Aggregate.read(source), events);
  }

  @Override
  public Contribution deserialize(Contribution reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<Contribution> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Contribution> {
    /** For Flink. */
    public Snapshot() {
      super(ContributionSerializer::new);
    }
  }
}
