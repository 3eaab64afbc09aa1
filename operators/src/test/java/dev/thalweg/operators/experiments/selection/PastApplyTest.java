package dev.thalweg.operators.experiments.selection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributeOutcomes;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.DecodeDefinitions;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Definitions that nobody checked before they stood in the topic stop nothing, from end to end. */
final class PastApplyTest {
  private static final long NOON = TestEvents.NOON;
  private static final Duration LATENESS = Duration.ofHours(48);
  private static final Duration EMIT = Duration.ofSeconds(1);

  private static RawRecord record(ExperimentDefinition definition) {
    return new RawRecord(
        definition.key().getBytes(UTF_8),
        DefinitionJson.write(definition).getBytes(UTF_8),
        new Origin("experiments.definitions", 0, definition.version(), 0));
  }

  private static RawRecord exposed(String variant, long time) {
    return CanonicalEvents.of(
        TestEvents.event("experiment_exposed")
            .id("e" + time)
            .user("u")
            .with("experiment", "x")
            .with("variant", variant)
            .at(time));
  }

  /** What changes in phases, as the steps of the job have it one after the other. */
  private static List<PhaseDelta> run(
      List<ExperimentDefinition> definitions, List<RawRecord> events) throws Exception {
    TwoInputHarness.Plan<RawRecord, ExperimentDefinition, UnitHits> select =
        TwoInputHarness.of(
            () ->
                new SelectHits(
                    ContractCatalog::fromClassPath, null, new SelectionConfig(LATENESS, EMIT)),
            AttributionTypes.UNIT_HITS);
    try (var decoding =
            OperatorHarness.of(
                    DecodeDefinitions::new, MessageTypes.RAW_RECORD, DefinitionSerializer.TYPE)
                .open();
        var selecting = select.open();
        var attributing =
            OperatorHarness.keyedOperator(
                    () ->
                        new AttributeOutcomes(
                            new AttributionConfig(LATENESS, Duration.ofDays(90), EMIT)),
                    UnitHits::unit,
                    Types.STRING,
                    AttributionTypes.PHASE_DELTA)
                .open()) {
      for (ExperimentDefinition definition : definitions) {
        for (ExperimentDefinition each : decoding.process(record(definition)).drain()) {
          selecting.second(each);
        }
      }
      selecting.secondIdle();
      for (RawRecord event : events) {
        for (UnitHits hits : selecting.first(event).drain()) {
          attributing.process(hits);
        }
      }
      attributing.snapshot();
      return attributing.drain();
    }
  }

  @Test
  void otherArmsInOnePhaseAreRefused() throws Exception {
    ExperimentDefinition first = Experiments.of("x").build();
    ExperimentDefinition more =
        Experiments.of("x")
            .version(2)
            .phase(1)
            .acts(NOON, ExperimentDefinition.NEVER)
            .third(1)
            .build();
    List<PhaseDelta> deltas =
        run(List.of(first, more), List.of(exposed("treatment", NOON - 1), exposed("third", NOON)));
    assertThat(deltas).hasSize(1);
    assertThat(deltas.get(0).shape().arms()).isEqualTo(2);
    assertThat(deltas.get(0).events()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"currency", "event_id", "enrichment"})
  void metricOfWhatIsNoNumberHasNoOutcomes(String field) throws Exception {
    ExperimentDefinition x = Experiments.of("x").sums("order_placed", field, Duration.ZERO).build();
    List<PhaseDelta> deltas =
        run(
            List.of(x),
            List.of(
                exposed("treatment", NOON),
                CanonicalEvents.of(TestEvents.event("order_placed").user("u").at(NOON + 1))));
    assertThat(deltas).hasSize(1);
    assertThat(deltas.get(0).events()).as("the exposure alone").isOne();
  }
}
