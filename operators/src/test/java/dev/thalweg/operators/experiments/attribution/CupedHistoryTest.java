package dev.thalweg.operators.experiments.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.selection.Experiments;
import dev.thalweg.operators.experiments.selection.SelectHits;
import dev.thalweg.operators.experiments.selection.SelectionConfig;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.ArmSums;
import dev.thalweg.operators.experiments.statistics.Estimator;
import dev.thalweg.operators.experiments.statistics.Scorecard;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.Oracles;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;

/** What units did before an experiment, or before a phase of it, takes noise out of its effect. */
final class CupedHistoryTest {
  private static final long NOON = TestEvents.NOON;
  private static final long HOUR = 3_600_000;
  private static final Duration LOOK_BACK = Duration.ofDays(14);
  private static final ExperimentDefinition FROM_NOON = version(1, NOON);

  private static ExperimentDefinition version(int number, long from) {
    return Experiments.of("x")
        .version(number)
        .acts(from, ExperimentDefinition.NEVER)
        .sums("goal_reached", "value", LOOK_BACK)
        .build();
  }

  private static RawRecord goal(String user, double value, long time) {
    return CanonicalEvents.of(
        TestEvents.event("goal_reached")
            .id("goal-" + user + time)
            .user(user)
            .with("goal", "spent")
            .with("value", value)
            .at(time));
  }

  private static RawRecord exposed(String user, String variant, long time) {
    return CanonicalEvents.of(
        TestEvents.event("experiment_exposed")
            .id("exposed-" + user + time)
            .user(user)
            .with("experiment", "x")
            .with("variant", variant)
            .at(time));
  }

  /** What comes of events, by phase. */
  private static Map<Integer, PhaseDelta> phases(
      List<RawRecord> events, ExperimentDefinition... definitions) throws Exception {
    Duration lateness = Duration.ofDays(60);
    Duration emit = Duration.ofSeconds(1);
    TwoInputHarness.Plan<RawRecord, ExperimentDefinition, UnitHits> select =
        TwoInputHarness.of(
            () ->
                new SelectHits(
                    ContractCatalog::fromClassPath, null, new SelectionConfig(lateness, emit)),
            AttributionTypes.UNIT_HITS);
    OperatorHarness.Plan<UnitHits, PhaseDelta> attribute =
        OperatorHarness.keyedOperator(
            () -> new AttributeOutcomes(new AttributionConfig(lateness, Duration.ofDays(90), emit)),
            UnitHits::unit,
            Types.STRING,
            AttributionTypes.PHASE_DELTA);
    Map<Integer, PhaseDelta> phases = new TreeMap<>();
    try (var selecting = select.open();
        var attributing = attribute.open()) {
      selecting.second(definitions).secondIdle();
      for (RawRecord event : events) {
        for (UnitHits hits : selecting.first(event).drain()) {
          attributing.process(hits);
        }
      }
      attributing.snapshot();
      for (PhaseDelta delta : attributing.drain()) {
        phases
            .computeIfAbsent(delta.shape().phase(), phase -> new PhaseDelta(delta.shape()))
            .merge(delta);
      }
    }
    return phases;
  }

  private static ScorecardRow row(PhaseDelta delta) {
    PhaseSums sums = new PhaseSums(delta.shape());
    delta.minutes().values().forEach(sums::merge);
    return row(sums.values(0, 0), sums.values(0, 1));
  }

  private static ScorecardRow row(ArmSums control, ArmSums treatment) {
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    arms.put("control", control);
    arms.put("treatment", treatment);
    return new Scorecard(Estimator.MEAN, new AnytimeValid(0.05, 5000)).rows("control", arms).get(1);
  }

  private static List<RawRecord> oracleEvents() throws IOException {
    List<String> lines = Files.readAllLines(Oracles.file("cuped_20240601.csv"));
    List<RawRecord> before = new ArrayList<>();
    List<RawRecord> after = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      String user = fields[0];
      long at = before.size();
      before.add(goal(user, Double.parseDouble(fields[2]), NOON - 1 - at * 250_000));
      after.add(exposed(user, fields[1], NOON + at));
      after.add(goal(user, Double.parseDouble(fields[3]), NOON + HOUR + at));
    }
    before.add(goal("s00000", 1e6, NOON - LOOK_BACK.toMillis() - 1));
    before.add(goal("nobody", 5, NOON - HOUR));
    Collections.reverse(before);
    before.addAll(after);
    return before;
  }

  private static JsonNode oracle() throws IOException {
    for (JsonNode each :
        new ObjectMapper().readTree(Oracles.file("statistics.json").toFile()).path("cases")) {
      if (each.path("name").asText().equals("synthetic/20240601/cuped")) {
        return each.at("/results/absolute/independent/two_sided");
      }
    }
    throw new AssertionError("no such case");
  }

  @Test
  void effectIsThatOfTheOracleWhereTheTimeBeforeTheExperimentIsTheHistory() throws Exception {
    List<RawRecord> events = oracleEvents();
    PhaseDelta delta = phases(events, FROM_NOON).get(1);
    ScorecardRow row = row(delta);
    assertThat(row.cupedEffect()).isCloseTo(oracle().path("expected").asDouble(), within(1e-9));
    assertThat(row.cupedStandardError()).isCloseTo(oracle().path("se").asDouble(), within(1e-9));
    assertThat(delta.health()).isEqualTo(PhaseHealth.NONE);
    assertThat(delta.events()).as("exposures and outcomes of the phase").isEqualTo(8_000);
    assertThat(delta.minutes().firstKey()).isEqualTo(NOON / 60_000);

    Collections.shuffle(events, new Random(5));
    PhaseDelta shuffled = phases(events, FROM_NOON).get(1);
    assertThat(row(shuffled)).isEqualTo(row);
    assertThat(shuffled.health()).isEqualTo(PhaseHealth.NONE);
    assertThat(shuffled.events()).isEqualTo(8_000);
  }

  @Test
  void whatHappensUnderOnePhaseIsOfItAndHistoryOfTheNext() throws Exception {
    List<RawRecord> events =
        List.of(
            exposed("u", "control", NOON - 3 * HOUR),
            goal("u", 3, NOON - 2 * HOUR),
            goal("v", 7, NOON - HOUR),
            exposed("u", "treatment", NOON),
            goal("u", 20, NOON + 1),
            goal("v", 1, NOON + 1),
            exposed("v", "treatment", NOON + 2));
    Map<Integer, PhaseDelta> phases = phases(events, version(1, NOON - 4 * HOUR), version(2, NOON));
    assertThat(phases.get(1).health()).isEqualTo(new PhaseHealth(0, 0, 1, 0));
    assertThat(phases.get(1).events()).isEqualTo(3);
    assertThat(phases.get(2).health()).isEqualTo(new PhaseHealth(0, 1, 0, 0));
    assertThat(phases.get(2).events()).isEqualTo(4);
    PhaseSums sums = new PhaseSums(phases.get(2).shape());
    phases.get(2).minutes().values().forEach(sums::merge);
    ArmSums wanted = ArmSums.paired();
    wanted.add(20, 3);
    wanted.add(0, 8);
    ArmSums other = ArmSums.paired();
    other.add(1, 2);
    other.add(4, 9);
    assertThat(sums.values(0, 1).units()).isEqualTo(2);
    assertThat(row(other, sums.values(0, 1))).isEqualTo(row(other, wanted));
  }

  @Test
  void laterVersionOfAPhaseHasNoHistoryOfItsOwn() throws Exception {
    ExperimentDefinition same =
        Experiments.of("x")
            .version(2)
            .phase(1)
            .acts(NOON, ExperimentDefinition.NEVER)
            .sums("goal_reached", "value", LOOK_BACK)
            .build();
    List<RawRecord> events =
        List.of(
            exposed("u", "control", NOON - 2 * HOUR),
            goal("u", 3, NOON - HOUR),
            goal("v", 4, NOON - 5 * HOUR));
    PhaseDelta delta = phases(events, version(1, NOON - 4 * HOUR), same).get(1);
    assertThat(delta.events()).isEqualTo(2);
    assertThat(delta.health()).isEqualTo(PhaseHealth.NONE);
    assertThat(row(delta).total()).isZero();
  }

  @Test
  void phaseOfWhichThereIsHistoryAloneSaysNothing() throws Exception {
    assertThat(phases(List.of(goal("u", 3, NOON - HOUR)), FROM_NOON)).isEmpty();
  }
}
