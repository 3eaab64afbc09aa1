package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link SubjectHits}: its parts in order, a list as its size and its elements. */
public final class SubjectHitsSerializer extends ImmutableSerializer<SubjectHits> {
  private static final long serialVersionUID = 1L;

  @Override
  public TypeSerializer<SubjectHits> duplicate() {
    return this;
  }

  @Override
  public void serialize(SubjectHits hits, DataOutputView target) throws IOException {
    StringValue.writeString(hits.subject(), target);
    target.writeLong(hits.eventTime());
    StringValue.writeString(hits.eventId(), target);
    StringValue.writeString(hits.eventType(), target);
    target.writeInt(hits.uniques().size());
    for (UniqueHit unique : hits.uniques()) {
      target.writeInt(unique.metric());
      StringValue.writeString(unique.dimensions(), target);
    }
    target.writeInt(hits.funnelSteps().size());
    for (FunnelHit step : hits.funnelSteps()) {
      target.writeInt(step.funnel());
      target.writeInt(step.step());
    }
    target.writeInt(hits.retentions().size());
    for (int retention : hits.retentions()) {
      target.writeInt(retention);
    }
    target.writeBoolean(hits.inSessions());
  }

  @Override
  public SubjectHits deserialize(DataInputView source) throws IOException {
    return new SubjectHits(
        StringValue.readString(source),
        source.readLong(),
        StringValue.readString(source),
        StringValue.readString(source),
        list(source, in -> new UniqueHit(in.readInt(), StringValue.readString(in))),
        list(source, in -> new FunnelHit(in.readInt(), in.readInt())),
        list(source, DataInputView::readInt),
        source.readBoolean());
  }

  private static <E> List<E> list(DataInputView source, Element<E> element) throws IOException {
    int size = source.readInt();
    if (size == 0) {
      return List.of();
    }
    List<E> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.read(source));
    }
    return list;
  }

  private interface Element<E> {
    E read(DataInputView source) throws IOException;
  }

  @Override
  public TypeSerializerSnapshot<SubjectHits> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<SubjectHits> {
    /** For Flink. */
    public Snapshot() {
      super(SubjectHitsSerializer::new);
    }
  }
}
