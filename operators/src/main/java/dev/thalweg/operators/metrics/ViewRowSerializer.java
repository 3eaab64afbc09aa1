package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.RetentionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link ViewRow}: a byte that tells the view, then the row's parts in order. */
public final class ViewRowSerializer extends ImmutableSerializer<ViewRow> {
  private static final long serialVersionUID = 1L;
  private static final byte METRIC_VALUE = 0;
  private static final byte SESSION = 1;
  private static final byte FUNNEL = 2;
  private static final byte RETENTION = 3;
  private static final byte SESSION_VALUE = 4;

  @Override
  public TypeSerializer<ViewRow> duplicate() {
    return this;
  }

  @Override
  public void serialize(ViewRow row, DataOutputView target) throws IOException {
    if (row instanceof MetricValue value) {
      target.writeByte(METRIC_VALUE);
      write(value, target);
    } else if (row instanceof SessionRow session) {
      target.writeByte(SESSION);
      write(session, target);
    } else if (row instanceof FunnelRow funnel) {
      target.writeByte(FUNNEL);
      write(funnel, target);
    } else if (row instanceof RetentionRow retention) {
      target.writeByte(RETENTION);
      write(retention, target);
    } else if (row instanceof SessionValue session) {
      target.writeByte(SESSION_VALUE);
      target.writeBoolean(session.removed());
      write(session.value(), target);
    }
    target.writeLong(row.version());
  }

  private static void write(MetricValue value, DataOutputView target) throws IOException {
    StringValue.writeString(value.metric(), target);
    StringValue.writeString(value.dimensions(), target);
    target.writeLong(value.windowStart());
    target.writeLong(value.windowEnd());
    target.writeBoolean(value.value() != null);
    if (value.value() != null) {
      target.writeDouble(value.value());
    }
    target.writeLong(value.events());
  }

  private static void write(SessionRow session, DataOutputView target) throws IOException {
    StringValue.writeString(session.subject(), target);
    target.writeLong(session.sessionStart());
    target.writeLong(session.sessionEnd());
    target.writeLong(session.events());
    StringValue.writeString(session.attributes(), target);
    target.writeBoolean(session.removed());
  }

  private static void write(FunnelRow funnel, DataOutputView target) throws IOException {
    StringValue.writeString(funnel.funnel(), target);
    target.writeLong(funnel.windowStart());
    target.writeInt(funnel.step());
    StringValue.writeString(funnel.stepName(), target);
    target.writeLong(funnel.users());
  }

  private static void write(RetentionRow retention, DataOutputView target) throws IOException {
    StringValue.writeString(retention.name(), target);
    target.writeLong(retention.cohortStart());
    StringValue.writeString(retention.period(), target);
    target.writeLong(retention.cohortUsers());
    target.writeLong(retention.retainedUsers());
  }

  @Override
  public ViewRow deserialize(DataInputView in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case METRIC_VALUE -> metricValue(in);
      case SESSION_VALUE -> {
        boolean removed = in.readBoolean();
        yield new SessionValue(metricValue(in), removed);
      }
      case SESSION ->
          new SessionRow(
              StringValue.readString(in),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              StringValue.readString(in),
              in.readBoolean(),
              in.readLong());
      case FUNNEL ->
          new FunnelRow(
              StringValue.readString(in),
              in.readLong(),
              in.readInt(),
              StringValue.readString(in),
              in.readLong(),
              in.readLong());
      case RETENTION ->
          new RetentionRow(
              StringValue.readString(in),
              in.readLong(),
              StringValue.readString(in),
              in.readLong(),
              in.readLong(),
              in.readLong());
      default -> throw new IOException("no row of a view has the tag " + tag);
    };
  }

  private static MetricValue metricValue(DataInputView in) throws IOException {
    return new MetricValue(
        StringValue.readString(in),
        StringValue.readString(in),
        in.readLong(),
        in.readLong(),
        in.readBoolean() ? Double.valueOf(in.readDouble()) : null,
        in.readLong(),
        in.readLong());
  }

  @Override
  public TypeSerializerSnapshot<ViewRow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<ViewRow> {
    /** For Flink. */
    public Snapshot() {
      super(ViewRowSerializer::new);
    }
  }
}
