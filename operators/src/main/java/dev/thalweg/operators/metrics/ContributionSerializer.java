package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MutableSerializer;
import dev.thalweg.operators.metrics.aggregate.Aggregate;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Serializes {@link Contribution}: its group, its bounds, how many events, then its aggregate. A
 * copy is deep, as aggregates change when they are merged.
 */
public final class ContributionSerializer extends MutableSerializer<Contribution> {
  private static final long serialVersionUID = 1L;

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
