package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Serializes {@link UnitHits}, with the rules of each phase, so that they need nothing else. */
public final class UnitHitsSerializer extends ImmutableSerializer<UnitHits> {
  private static final long serialVersionUID = 1L;

  private transient RulesCodec rules;

  private RulesCodec rules() {
    if (rules == null) {
      rules = new RulesCodec();
    }
    return rules;
  }

  /** Each has the rules that it met for itself. */
  @Override
  public TypeSerializer<UnitHits> duplicate() {
    return new UnitHitsSerializer();
  }

  @Override
  public void serialize(UnitHits hits, DataOutputView target) throws IOException {
    StringValue.writeString(hits.unit(), target);
    target.writeLong(hits.eventTime());
    write(hits.origin(), target);
    StringValue.writeString(hits.contract(), target);
    StringValue.writeString(hits.eventId(), target);
    target.writeInt(hits.hits().size());
    for (Hit hit : hits.hits()) {
      write(hit, target);
    }
  }

  private static void write(Origin origin, DataOutputView target) throws IOException {
    StringValue.writeString(origin.topic(), target);
    target.writeInt(origin.partition());
    target.writeLong(origin.offset());
    target.writeLong(origin.arrival());
  }

  private void write(Hit hit, DataOutputView target) throws IOException {
    rules().write(hit.rules(), target);
    target.writeInt(hit.arm());
    target.writeBoolean(hit.isHistory());
    target.writeInt(hit.outcomes().size());
    for (Outcome outcome : hit.outcomes()) {
      target.writeInt(outcome.metric());
      target.writeDouble(outcome.value());
      target.writeBoolean(outcome.below());
    }
  }

  @Override
  public UnitHits deserialize(DataInputView source) throws IOException {
    String unit = StringValue.readString(source);
    long eventTime = source.readLong();
    Origin origin = origin(source);
    String contract = StringValue.readString(source);
    String eventId = StringValue.readString(source);
    List<Hit> hits = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      hits.add(hit(source));
    }
    return new UnitHits(unit, eventTime, origin, contract, eventId, hits);
  }

  private static Origin origin(DataInputView source) throws IOException {
    return new Origin(
        StringValue.readString(source), source.readInt(), source.readLong(), source.readLong());
  }

  private Hit hit(DataInputView source) throws IOException {
    PhaseRules rules = rules().read(source);
    int arm = source.readInt();
    boolean isHistory = source.readBoolean();
    List<Outcome> outcomes = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      outcomes.add(new Outcome(source.readInt(), source.readDouble(), source.readBoolean()));
    }
    return new Hit(rules, arm, outcomes, isHistory);
  }

  @Override
  public TypeSerializerSnapshot<UnitHits> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Written into savepoints; names the serializer that reads them. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<UnitHits> {
    /** For Flink. */
    public Snapshot() {
      super(UnitHitsSerializer::new);
    }
  }
}
