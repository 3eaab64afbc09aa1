package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.ImmutableSerializer;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.statistics.Winsorization;
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

  @Override
  public TypeSerializer<UnitHits> duplicate() {
    return this;
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

  private static void write(Hit hit, DataOutputView target) throws IOException {
    write(hit.rules(), target);
    target.writeInt(hit.arm());
    target.writeBoolean(hit.isHistory());
    target.writeInt(hit.outcomes().size());
    for (Outcome outcome : hit.outcomes()) {
      target.writeInt(outcome.metric());
      target.writeDouble(outcome.value());
      target.writeBoolean(outcome.below());
    }
  }

  private static void write(PhaseRules rules, DataOutputView target) throws IOException {
    StringValue.writeString(rules.experiment(), target);
    target.writeInt(rules.phase());
    target.writeInt(rules.arms());
    for (String variant : rules.variants()) {
      StringValue.writeString(variant, target);
    }
    target.writeBoolean(rules.firstCounts());
    target.writeInt(rules.metrics().size());
    for (MetricRule rule : rules.metrics()) {
      target.writeByte(rule.kind().ordinal());
      target.writeLong(rule.delay());
      target.writeLong(rule.window());
      target.writeLong(rule.lookBack());
      target.writeDouble(rule.bounds().low());
      target.writeDouble(rule.bounds().high());
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

  private static Hit hit(DataInputView source) throws IOException {
    PhaseRules rules = rules(source);
    int arm = source.readInt();
    boolean isHistory = source.readBoolean();
    List<Outcome> outcomes = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      outcomes.add(new Outcome(source.readInt(), source.readDouble(), source.readBoolean()));
    }
    return new Hit(rules, arm, outcomes, isHistory);
  }

  private static PhaseRules rules(DataInputView source) throws IOException {
    String experiment = StringValue.readString(source);
    int phase = source.readInt();
    List<String> variants = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      variants.add(StringValue.readString(source));
    }
    boolean firstCounts = source.readBoolean();
    List<MetricRule> metrics = new ArrayList<>();
    for (int left = source.readInt(); left > 0; left--) {
      metrics.add(
          new MetricRule(
              OutcomeKind.values()[source.readByte()],
              source.readLong(),
              source.readLong(),
              source.readLong(),
              new Winsorization(source.readDouble(), source.readDouble())));
    }
    return new PhaseRules(experiment, phase, variants, firstCounts, metrics);
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
