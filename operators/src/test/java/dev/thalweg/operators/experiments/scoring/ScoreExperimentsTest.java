package dev.thalweg.operators.experiments.scoring;

import static dev.thalweg.operators.experiments.scoring.Scorings.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.RampStep;
import dev.thalweg.operators.experiments.definition.Variant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** Minutes close, decisions follow, and nothing but the minutes of events decides. */
final class ScoreExperimentsTest {
  private static final long MINUTE = 60_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);

  private static PhaseDelta minute(int minute, double[]... arms) {
    return Scorings.delta(DEFINITION, START / MINUTE + minute, arms);
  }

  /** A minute with a tenth less of those that stay in the second arm. */
  private static PhaseDelta regression(int minute) {
    return minute(minute, Scorings.arm(25_000, 0.1, 0.5), Scorings.arm(25_000, 0.1, 0.45));
  }

  private static PhaseDelta calm(int minute) {
    return minute(minute, Scorings.arm(400, 0.1, 0.5), Scorings.arm(400, 0.1, 0.5));
  }

  @Test
  void regressionIsTakenBackWithinTwoClosedMinutes() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(calm(0), regression(1), regression(2), regression(3));
      score.closed(0);
      assertThat(score.decisions()).containsExactly("1: continue");
      score.closed(3);
      assertThat(score.decisions()).isSubsetOf("2: rollback v1", "3: rollback v1").hasSize(1);
    }
  }

  @Test
  void openMinutesAreOnTheScorecardAndDecideNothing() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(regression(0), regression(1)).closed(-1);
      List<ExperimentRow> rows = score.drain();
      assertThat(rows)
          .filteredOn(ExperimentRow.Score.class::isInstance)
          .hasSize(4)
          .allSatisfy(
              row -> {
                assertThat(((ExperimentRow.Score) row).row().units()).isEqualTo(50_000);
                assertThat(row.version()).isEqualTo(2);
              });
      assertThat(rows).noneMatch(ExperimentRow.Decided.class::isInstance);
      assertThat(rows)
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .singleElement()
          .satisfies(row -> assertThat(((ExperimentRow.Health) row).status()).isEqualTo("ok"));
    }
  }

  @Test
  void neitherGroupingNorOrderNorFailuresDecide() throws Exception {
    List<PhaseDelta> parts = new ArrayList<>();
    Random random = new Random(5);
    for (int minute = 0; minute < 90; minute++) {
      for (int part = 0; part < 3; part++) {
        double shift = minute < 40 ? 0 : 0.05;
        parts.add(
            minute(
                minute,
                Scorings.arm(20 + random.nextInt(30), 0.3, 0.5),
                Scorings.arm(20 + random.nextInt(30), 0.3 + shift, 0.5)));
      }
    }
    List<ExperimentRow> expected = rows(parts, 90, 90);
    assertThat(expected).filteredOn(ExperimentRow.Decided.class::isInstance).isNotEmpty();
    for (int trial = 0; trial < 5; trial++) {
      Collections.shuffle(parts, random);
      assertThat(rows(parts, 1 + random.nextInt(90), 90)).isEqualTo(expected);
    }
  }

  /** All decisions, and the last of the other rows; there is a failure after that minute. */
  private static List<ExperimentRow> rows(List<PhaseDelta> parts, int failure, int minutes)
      throws Exception {
    List<ExperimentRow> rows = new ArrayList<>();
    OperatorSubtaskState state;
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(parts.toArray(PhaseDelta[]::new)).closed(failure);
      state = score.snapshot();
      rows.addAll(score.drain());
    }
    try (ScoringHarness score = new ScoringHarness().restore(state)) {
      rows.addAll(score.define(DEFINITION).closed(minutes).drain());
      rows.removeIf(row -> !(row instanceof ExperimentRow.Decided));
      score.define(DEFINITION).snapshot();
      rows.addAll(score.drain());
    }
    return rows;
  }

  @Test
  void minutesWaitForTheDefinition() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open()) {
      score.process(calm(0), regression(1), regression(2)).closed(10);
      assertThat(score.drain()).isEmpty();
      score.define(DEFINITION);
      assertThat(score.decisions()).containsExactly("1: continue", "2: rollback v1");
    }
  }

  @Test
  void whatComesForAClosedMinuteChangesTheScorecardAndNoDecision() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(calm(0), calm(20)).closed(30).drain();
      score.process(regression(5), regression(30)).closed(40);
      List<ExperimentRow> rows = score.drain();
      assertThat(rows).noneMatch(ExperimentRow.Decided.class::isInstance);
      assertThat(rows)
          .filteredOn(ExperimentRow.Score.class::isInstance)
          .allSatisfy(
              row -> assertThat(((ExperimentRow.Score) row).row().units()).isEqualTo(50_800));
      score.process(calm(41)).closed(41);
      assertThat(score.decisions()).containsExactly("42: rollback v1");
    }
  }

  @Test
  void minuteIsOpenUntilItsLastMoment() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(calm(0), regression(1)).watermark(START + 2 * MINUTE - 2);
      score.process(regression(1));
      assertThat(score.decisions()).containsExactly("1: continue");
      score.closed(1);
      assertThat(score.decisions()).containsExactly("2: rollback v1");
    }
  }

  @Test
  void sampleRatioThatWasBrokenStaysBroken() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(minute(0, Scorings.arm(900, 0.1, 0.5), Scorings.arm(300, 0.1, 0.5)));
      score.process(minute(1, Scorings.arm(300, 0.1, 0.5), Scorings.arm(900, 0.1, 0.5)));
      score.closed(2);
      assertThat(score.decisions()).containsExactly("1: review");
      score.process(calm(3)).closed(3);
      assertThat(score.drain())
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .singleElement()
          .satisfies(
              row -> {
                ExperimentRow.Health health = (ExperimentRow.Health) row;
                assertThat(health.status()).isEqualTo("sample_ratio_mismatch");
                assertThat(health.sequentialSampleRatio()).isLessThan(1e-6);
                assertThat(health.sampleRatio()).isEqualTo(1);
              });
    }
  }

  @Test
  void policyActsFromItsTimeOn() throws Exception {
    long from = START + 5 * MINUTE;
    ExperimentDefinition strict = Scorings.definition(-0.02, 50, 50);
    ExperimentDefinition lenient =
        Scorings.definition(2, from, ExperimentDefinition.NEVER, 1_000_000, -0.02, 50, 50);
    try (ScoringHarness score = new ScoringHarness().open().define(strict).define(lenient)) {
      score.process(regression(3), regression(6)).closed(10);
      assertThat(score.decisions()).containsExactly("4: rollback v1", "7: continue");
    }
  }

  @Test
  void nothingIsLeftWhenTheExperimentHasLongStopped() throws Exception {
    ExperimentDefinition stopping =
        Scorings.definition(1, START, START + 10 * MINUTE, 1000, -0.02, 50, 50);
    try (ScoringHarness score = new ScoringHarness().open().define(stopping)) {
      score.process(calm(0)).closed(0);
      long end = START + 10 * MINUTE + ScoringHarness.LATENESS.toMillis();
      score.watermark(end - 1);
      assertThat(score.stateEntries()).isEqualTo(2);
      score.watermark(end);
      assertThat(score.stateEntries()).isZero();
      assertThat(score.timers()).isZero();
    }
  }

  @Test
  void whatComesForAPhaseThatIsGoneDoesNotStay() throws Exception {
    ExperimentDefinition stopping =
        Scorings.definition(1, START, START + 10 * MINUTE, 1000, -0.02, 50, 50);
    PhaseDelta refused = new PhaseDelta(Scorings.shape(stopping));
    refused.droppedExposure(1, "unreadable", START);
    long lateness = ScoringHarness.LATENESS.toMillis();
    long end = START + 10 * MINUTE + lateness;
    try (ScoringHarness score = new ScoringHarness().open()) {
      score.process(refused).watermark(START);
      assertThat(score.stateEntries()).as("its definition may come").isEqualTo(1);
      score.define(stopping).process(calm(0)).watermark(end).drain();
      assertThat(score.stateEntries()).isZero();
      score.process(refused, calm(1)).watermark(end + lateness - 1);
      assertThat(score.stateEntries()).isEqualTo(1);
      assertThat(score.watermark(end + lateness).drain()).isEmpty();
      assertThat(score.stateEntries()).isZero();
      assertThat(score.timers()).isZero();
    }
  }

  @Test
  void evidenceNamesTheEventsOfClosedMinutesAlone() throws Exception {
    PhaseDelta read = minute(0);
    read.count(Scorings.event(START, 2, 17));
    read.count(Scorings.event(START + 1, 0, 4));
    read.count(Scorings.event(START + MINUTE, 2, 99));
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(calm(0), read, regression(1)).closed(0);
      JsonNode first = evidence(score);
      assertThat(first.get("offsets").toString())
          .isEqualTo("{\"events.canonical/0\":4,\"events.canonical/2\":17}");
      assertThat(first.get("contracts").toString()).isEqualTo("[\"goal_reached v1\"]");
      score.closed(1);
      assertThat(evidence(score).get("offsets").toString())
          .isEqualTo("{\"events.canonical/0\":4,\"events.canonical/2\":99}");
    }
  }

  private static JsonNode evidence(ScoringHarness score) throws Exception {
    List<ExperimentRow.Decided> decided = score.drain(ExperimentRow.Decided.class);
    assertThat(decided).hasSize(1);
    return JSON.readTree(decided.get(0).evidence());
  }

  @Test
  void timeIsCountedFromTheFirstUnitAndNotFromWhatWasReadBefore() throws Exception {
    PhaseDelta read = minute(0);
    read.count(Scorings.event(START, 0, 0));
    PhaseDelta better = minute(100, Scorings.arm(90_000, 0.1, 0.5), Scorings.arm(90_000, 0.2, 0.5));
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(read, better).closed(100);
      assertThat(score.decisions())
          .as("0 of 1,000 units at first, then time")
          .containsExactly("1: continue", "101: continue");
      score.process(calm(158)).closed(158);
      assertThat(score.decisions()).isEmpty();
      score.process(calm(159)).closed(159);
      assertThat(score.decisions()).containsExactly("160: ship v1");
    }
  }

  @Test
  void decisionsAreToldWhenTheyChangeAndThenOnly() throws Exception {
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(calm(0), calm(1), regression(2), regression(3));
      score.process(minute(4, Scorings.arm(400_000, 0.1, 0.5), Scorings.arm(400_000, 0.1, 0.5)));
      score.process(minute(5, Scorings.arm(0, 0, 0), Scorings.arm(90_000, 0.1, 0.5)), calm(6));
      score.closed(10);
      assertThat(score.decisions())
          .as("at first for units, then for time")
          .containsExactly(
              "1: continue", "2: continue", "3: rollback v1", "5: continue", "6: review");
    }
  }

  @Test
  void refusedExposuresAreRowsAndNameTheCause() throws Exception {
    PhaseDelta refused = minute(0);
    for (int i = 0; i < 700; i++) {
      refused.droppedExposure(1, "rule_violation", START + i);
    }
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(minute(0, Scorings.arm(2000, 0.1, 0.5), Scorings.arm(1300, 0.1, 0.5)), refused);
      assertThat(score.closed(0).drain(ExperimentRow.Decided.class))
          .extracting(row -> row.decision().reason())
          .singleElement()
          .asString()
          .endsWith("; likely as rule_violation refused 700 exposures of v1");
      List<ExperimentRow> rows = score.closed(0).drain();
      assertThat(rows)
          .contains(new ExperimentRow.Drops("x", 1, "v1", "rule_violation", 700, START + 699, 702));
      assertThat(rows)
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .extracting(row -> ((ExperimentRow.Health) row).status())
          .containsExactly("sample_ratio_mismatch: rule_violation refused 700 exposures of v1");
    }
  }

  @Test
  void singleVariantIsSaidToBeOneAndRaisesNoAlarm() throws Exception {
    ExperimentDefinition promoted = Scorings.definition(-0.02, 0, 100);
    try (ScoringHarness score = new ScoringHarness().open().define(promoted)) {
      score.process(minute(0, Scorings.arm(50, 0.1, 0.5), Scorings.arm(5000, 0.1, 0.5)));
      List<ExperimentRow> rows = score.closed(0).drain();
      assertThat(rows)
          .filteredOn(ExperimentRow.Health.class::isInstance)
          .singleElement()
          .satisfies(
              row -> {
                ExperimentRow.Health health = (ExperimentRow.Health) row;
                assertThat(health.status()).isEqualTo("one_variant");
                assertThat(health.sampleRatio()).isOne();
                assertThat(health.sequentialSampleRatio()).isOne();
              });
      assertThat(rows)
          .filteredOn(ExperimentRow.Decided.class::isInstance)
          .extracting(row -> ((ExperimentRow.Decided) row).decision().said())
          .containsExactly("continue");
    }
  }

  @Test
  void automaticRollbackCarriesTheNextVersionUnlessALaterOneIsKnown() throws Exception {
    ExperimentDefinition acting =
        Scorings.definition(Acting.MANUAL, Acting.AUTOMATIC, List.of(), 50, 50);
    try (ScoringHarness score = new ScoringHarness().open().define(acting)) {
      score.process(regression(0), regression(1)).closed(1);
      ExperimentRow.Decided rollback = last(score);
      ExperimentDefinition next = DefinitionJson.read(rollback.promotion());
      assertThat(rollback.decidedAt()).isEqualTo(START + MINUTE);
      assertThat(next.effectiveFrom())
          .as("two minutes after the second, of which all was counted already")
          .isEqualTo(START + 4 * MINUTE);
      assertThat(next.version()).isEqualTo(2);
      assertThat(next.design().allocation().variants())
          .containsExactly(new Variant("v0", 100), new Variant("v1", 0));
    }
    for (ExperimentDefinition later : List.of(laterVersion(acting), laterPhase(acting))) {
      try (ScoringHarness score = new ScoringHarness().open().define(acting).define(later)) {
        score.process(regression(0), regression(1)).closed(1);
        assertThat(last(score).promotion()).isNull();
        score.process(regression(60)).closed(60);
        List<ExperimentRow.Decided> told = score.drain(ExperimentRow.Decided.class);
        if (later.phase() == 1) {
          assertThat(told).singleElement().extracting(row -> row.promotion()).isNotNull();
        } else {
          assertThat(told).isEmpty();
        }
      }
    }
  }

  private static ExperimentRow.Decided last(ScoringHarness score) {
    List<ExperimentRow.Decided> decided = score.drain(ExperimentRow.Decided.class);
    ExperimentRow.Decided last = decided.get(decided.size() - 1);
    assertThat(last.decision().said()).isEqualTo("rollback v1");
    return last;
  }

  /** Of the same phase, from an hour later on. */
  private static ExperimentDefinition laterVersion(ExperimentDefinition acting) {
    return Scorings.definition(
        2, START + 60 * MINUTE, ExperimentDefinition.NEVER, acting.policy(), -0.02, 50, 50);
  }

  private static ExperimentDefinition laterPhase(ExperimentDefinition acting) {
    return Scorings.definition(
            1, START + 60 * MINUTE, ExperimentDefinition.NEVER, acting.policy(), -0.02, 90, 10)
        .after(acting);
  }

  @Test
  void documentHoldsTheRowsUntilALaterPhaseIsKnown() throws Exception {
    PhaseDelta refused = minute(0);
    refused.droppedExposure(0, "unreadable", START + 1);
    OperatorSubtaskState state;
    try (ScoringHarness score = new ScoringHarness().open().define(DEFINITION)) {
      score.process(minute(0, Scorings.arm(4, 0.5, 0.5), Scorings.arm(0, 0, 0)), refused);
      score.closed(0).drain();
      List<ExperimentRow> rows = score.closed(0).drain();
      assertThat(rows.get(rows.size() - 1)).isInstanceOf(ExperimentRow.Document.class);
      ExperimentRow.Document document = (ExperimentRow.Document) rows.get(rows.size() - 1);
      assertThat(document.version()).isEqualTo(3);
      assertDocument(JSON.readTree(document.json()));
      score.define(laterPhase(DEFINITION)).process(calm(1));
      rows = score.closed(1).drain();
      assertThat(rows).noneMatch(ExperimentRow.Document.class::isInstance);
      assertThat(rows).filteredOn(ExperimentRow.Score.class::isInstance).hasSize(4);
      state = score.snapshot();
    }
    try (ScoringHarness score = new ScoringHarness().restore(state)) {
      rowsWithoutDocument(score.process(calm(2)).closed(2).drain());
      score.watermark(START + 60 * MINUTE + ScoringHarness.LATENESS.toMillis());
      assertThat(score.stateEntries()).as("the phase is over").isZero();
      assertThat(score.timers()).isZero();
    }
  }

  /** Four units of the baseline of which two convert, and none of the other. */
  private static void assertDocument(JsonNode document) {
    String top = "{'experiment':'x','phase':1,'as_of':'2026-03-02T00:00:00.001Z','health':{}}";
    String health =
        "{'units':4,'units_in_several_variants':0,'outcomes_before_exposure':0,"
            + "'units_with_outcome_never_exposed':0,'invalid_exposures':0,'status':'ok'}";
    String unknown =
        "'effect':null,'effect_relative':null,'standard_error':null,'ci_low':null,'ci_high':null,"
            + "'p_value':null,'p_value_fixed':null,'p_value_pooled':null,'p_value_holm':null,"
            + "'p_value_bh':null,'cuped_effect':null,'cuped_standard_error':null,";
    String base =
        "{'metric':'buys','variant':'v0','baseline':'v0','units':4,'total':2.0,'mean':0.5,"
            + "'variance':0.25,"
            + unknown
            + "'note':null}";
    String other =
        "{'metric':'stays','variant':'v1','baseline':'v0','units':0,'total':0.0,'mean':null,"
            + "'variance':null,"
            + unknown
            + "'note':'insufficient_data'}";
    JsonNode found = document.get("health");
    // chi-square of 4 with one degree of freedom: erfc(sqrt(2))
    assertThat(found.get("srm_p_value").doubleValue()).isCloseTo(0.0455002639, within(1e-9));
    assertThat(found.get("srm_p_value_sequential").isNumber()).isTrue();
    ((ObjectNode) found).remove(List.of("srm_p_value", "srm_p_value_sequential"));
    assertThat(found.toString()).isEqualTo(quoted(health));
    assertThat(document.get("scorecard")).hasSize(4);
    assertThat(document.get("scorecard").get(0).toString()).isEqualTo(quoted(base));
    assertThat(document.get("scorecard").get(3).toString()).isEqualTo(quoted(other));
    assertThat(document.get("drops").toString())
        .isEqualTo(quoted("[{'variant':'v0','failure':'unreadable','events':1}]"));
    ((ObjectNode) document).remove(List.of("scorecard", "drops"));
    ((ObjectNode) found).removeAll();
    assertThat(document.toString()).isEqualTo(quoted(top));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static void rowsWithoutDocument(List<ExperimentRow> rows) {
    assertThat(rows).isNotEmpty().noneMatch(ExperimentRow.Document.class::isInstance);
  }

  @Test
  void rampGoesUpByVersions() throws Exception {
    List<RampStep> steps =
        List.of(new RampStep(5, Duration.ofMinutes(2)), new RampStep(50, Duration.ofMinutes(2)));
    ExperimentDefinition acting =
        Scorings.definition(Acting.AUTOMATIC, Acting.MANUAL, steps, 95, 5);
    try (ScoringHarness score = new ScoringHarness().open().define(acting)) {
      for (int minute = 0; minute < 4; minute++) {
        PhaseDelta calm = Scorings.delta(acting, START / MINUTE + minute, ninetyFive(), five());
        score.process(calm);
      }
      List<ExperimentRow.Decided> decided = score.closed(4).drain(ExperimentRow.Decided.class);
      assertThat(decided)
          .extracting(row -> row.decision().reason())
          .containsExactly(
              "ramp: 5 % for 0 h 1 min of 0 h 2 min", "ramp: 5 % -> 50 % after 0 h 2 min");
      assertThat(decided.get(0).promotion()).isNull();
      ExperimentDefinition next = DefinitionJson.read(decided.get(1).promotion());
      assertThat(next.design().allocation().variants())
          .containsExactly(new Variant("v0", 50), new Variant("v1", 50));
      assertThat(next.effectiveFrom())
          .as("four minutes were counted")
          .isEqualTo(START + 6 * MINUTE);
    }
  }

  private static double[] ninetyFive() {
    return Scorings.arm(1900, 0.1, 0.5);
  }

  private static double[] five() {
    return Scorings.arm(100, 0.1, 0.5);
  }
}
