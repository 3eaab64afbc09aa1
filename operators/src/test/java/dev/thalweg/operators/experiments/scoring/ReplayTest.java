package dev.thalweg.operators.experiments.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.attribution.AttributeOutcomes;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

/**
 * From the events of units to decisions, through both operators: neither the order of events within
 * the disorder, nor when changes are sent on, nor a failure changes a number, a decision or what it
 * rests on.
 */
final class ReplayTest {
  private static final long MINUTE = 60_000;
  private static final long DISORDER = 3 * MINUTE;
  private static final int MINUTES = 90;
  private static final int EMIT = 1000;
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);
  private static final PhaseRules RULES = PhaseRules.of(DEFINITION);

  /** Both operators, one behind the other. */
  private static final class Chain implements AutoCloseable {
    private final OperatorHarness.Plan<UnitHits, PhaseDelta> plan;
    private OperatorHarness<UnitHits, PhaseDelta> attribute;
    private ScoringHarness score = new ScoringHarness().open().define(DEFINITION);
    private long clock;

    Chain() throws Exception {
      AttributionConfig config =
          new AttributionConfig(Duration.ofHours(1), Duration.ofHours(24), Duration.ofMillis(EMIT));
      plan =
          OperatorHarness.keyedOperator(
              () -> new AttributeOutcomes(config),
              UnitHits::unit,
              Types.STRING,
              AttributionTypes.PHASE_DELTA);
      attribute = plan.open();
    }

    void process(UnitHits hits) throws Exception {
      attribute.process(hits);
    }

    /** Sends on what was gathered, and the watermark behind it. */
    void flush(long watermark) throws Exception {
      attribute.watermark(watermark);
      clock += EMIT;
      attribute.clock(clock);
      pass();
    }

    private void pass() throws Exception {
      for (Object out : attribute.drainAll()) {
        if (out instanceof Watermark mark) {
          score.watermark(mark.getTimestamp());
        } else {
          score.process((PhaseDelta) out);
        }
      }
    }

    void fail() throws Exception {
      var units = attribute.snapshot();
      pass();
      var sums = score.snapshot();
      List<ExperimentRow> before = score.drain();
      close();
      attribute = plan.restore(units);
      clock = 0;
      score = new ScoringHarness().restore(sums);
      kept.addAll(before);
    }

    private final List<ExperimentRow> kept = new ArrayList<>();

    /** All decisions, and the other rows as they are at last. */
    List<ExperimentRow> rows() throws Exception {
      kept.addAll(score.drain());
      kept.removeIf(row -> !(row instanceof ExperimentRow.Decided));
      score.watermark(Long.MAX_VALUE - 1);
      kept.addAll(score.drain());
      return kept;
    }

    @Override
    public void close() throws Exception {
      attribute.close();
      score.close();
    }
  }

  @Test
  void neitherOrderNorFlushesNorFailuresShow() throws Exception {
    List<UnitHits> events = events(40, MINUTES, 30, 4 * MINUTE, 0.25, new Random(11));
    List<ExperimentRow> expected = inOrderOfTime(events);
    assertThat(expected)
        .filteredOn(ExperimentRow.Decided.class::isInstance)
        .extracting(row -> ((ExperimentRow.Decided) row).decision().said())
        .contains("continue", "rollback v1");
    for (int trial = 0; trial < 20; trial++) {
      assertThat(shuffled(events, new Random(trial))).as("shuffle %d", trial).isEqualTo(expected);
    }
  }

  @Test
  void neitherDoTheyInTheCohortsOfMinutes() throws Exception {
    List<UnitHits> events = events(600, 12, 10, MINUTE / 2, 0.05, new Random(12));
    List<ExperimentRow> expected = inOrderOfTime(events);
    assertThat(expected)
        .filteredOn(ExperimentRow.Decided.class::isInstance)
        .extracting(row -> ((ExperimentRow.Decided) row).decision().reason())
        .anyMatch(reason -> reason.contains("in the minute from 00:1"));
    for (int trial = 0; trial < 10; trial++) {
      assertThat(shuffled(events, new Random(trial))).as("shuffle %d", trial).isEqualTo(expected);
    }
  }

  /** A watermark with each event, one flush a minute. */
  private static List<ExperimentRow> inOrderOfTime(List<UnitHits> events) throws Exception {
    try (Chain chain = new Chain()) {
      List<UnitHits> sorted = new ArrayList<>(events);
      sorted.sort(Comparator.comparingLong(UnitHits::eventTime));
      long minute = Scorings.START / MINUTE;
      for (UnitHits hits : sorted) {
        if (hits.eventTime() / MINUTE > minute) {
          minute = hits.eventTime() / MINUTE;
          chain.flush(minute * MINUTE - 1);
        }
        chain.process(hits);
      }
      chain.flush(Scorings.START + (MINUTES + 10) * MINUTE);
      return chain.rows();
    }
  }

  private static List<ExperimentRow> shuffled(List<UnitHits> events, Random random)
      throws Exception {
    Map<UnitHits, Long> turns = new HashMap<>();
    events.forEach(event -> turns.put(event, event.eventTime() + random.nextLong(DISORDER)));
    List<UnitHits> order = new ArrayList<>(events);
    order.sort(Comparator.comparingLong(turns::get));
    int failure = random.nextInt(order.size());
    long latest = Long.MIN_VALUE + DISORDER;
    try (Chain chain = new Chain()) {
      for (int i = 0; i < order.size(); i++) {
        chain.process(order.get(i));
        latest = Math.max(latest, order.get(i).eventTime());
        if (random.nextInt(200) == 0) {
          chain.flush(latest - DISORDER);
        }
        if (i == failure) {
          chain.fail();
        }
      }
      chain.flush(Scorings.START + (MINUTES + 10) * MINUTE);
      return chain.rows();
    }
  }

  /**
   * So many units a minute, of which half stay, about the time of their exposure; of the second arm
   * fewer do from a minute on, and some cross over.
   */
  private static List<UnitHits> events(
      int perMinute, int minutes, int from, long spread, double worse, Random random) {
    List<UnitHits> events = new ArrayList<>();
    for (int unit = 0; unit < perMinute * minutes; unit++) {
      long exposed = Scorings.START + random.nextLong(minutes * MINUTE);
      int arm = random.nextInt(2);
      add(events, unit, exposed, random, new Hit(RULES, arm, List.of()));
      if (random.nextInt(50) == 0) {
        long again = exposed - MINUTE + random.nextLong(3 * MINUTE);
        add(events, unit, again, random, new Hit(RULES, 1 - arm, List.of()));
      }
      boolean isWorse = arm == 1 && exposed > Scorings.START + from * MINUTE;
      if (random.nextDouble() < (isWorse ? worse : 0.5)) {
        long when = exposed + random.nextLong(spread) - spread / 4;
        Hit stays = new Hit(RULES, Hit.NO_ARM, List.of(new Hit.Outcome(1, 1, false)));
        add(events, unit, when, random, stays);
      }
    }
    return events;
  }

  private static void add(List<UnitHits> events, int unit, long time, Random random, Hit hit) {
    int partition = random.nextInt(4);
    Origin origin = new Origin("events.canonical", partition, random.nextInt(1 << 20), time + 5);
    String contract = hit.isExposure() ? "experiment_exposed v1" : "goal_reached v" + partition;
    events.add(new UnitHits("u" + unit, time, origin, contract, "e" + events.size(), List.of(hit)));
  }
}
