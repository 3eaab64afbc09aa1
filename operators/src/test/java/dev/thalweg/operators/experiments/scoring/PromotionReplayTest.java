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
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
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
 * A run that makes the next version, and a replay that knows it from the beginning, through both
 * operators. Time is behind the events by more than the next version is ahead of the decision.
 */
final class PromotionReplayTest {
  private static final long MINUTE = 60_000;
  private static final long DISORDER = 5 * MINUTE;
  private static final int MINUTES = 40;
  private static final int UNITS_A_MINUTE = 100;
  private static final long EMIT = 1000;
  private static final ExperimentDefinition FIRST =
      Scorings.definition(Acting.MANUAL, Acting.AUTOMATIC, List.of(), 50, 50);

  /** An exposure, or that a unit stays. */
  private record Happening(int unit, long time, int arm) {
    Hit under(ExperimentDefinition definition) {
      PhaseRules rules = PhaseRules.of(definition);
      return arm == Hit.NO_ARM
          ? new Hit(rules, arm, List.of(new Hit.Outcome(1, 1, false)))
          : new Hit(rules, arm, List.of());
    }
  }

  /** Both operators, and what selects the phase of each event. */
  private static final class Run implements AutoCloseable {
    private final List<ExperimentDefinition> known = new ArrayList<>();
    private final List<ExperimentRow> rows = new ArrayList<>();
    private final OperatorHarness<UnitHits, PhaseDelta> attribute;
    private final ScoringHarness score = new ScoringHarness().open();
    private long clock;

    Run(List<ExperimentDefinition> definitions) throws Exception {
      AttributionConfig config =
          new AttributionConfig(Duration.ofHours(1), Duration.ofHours(24), Duration.ofMillis(EMIT));
      attribute =
          OperatorHarness.keyedOperator(
                  () -> new AttributeOutcomes(config),
                  UnitHits::unit,
                  Types.STRING,
                  AttributionTypes.PHASE_DELTA)
              .open();
      for (ExperimentDefinition definition : definitions) {
        define(definition);
      }
    }

    private void define(ExperimentDefinition definition) throws Exception {
      known.add(definition);
      score.tell(definition);
    }

    Run process(List<Happening> happenings, int each) throws Exception {
      long latest = Long.MIN_VALUE + DISORDER;
      for (int i = 0; i < happenings.size(); i++) {
        Happening happening = happenings.get(i);
        latest = Math.max(latest, happening.time());
        Origin origin = new Origin("events.canonical", 0, happening.time(), happening.time());
        attribute.process(
            new UnitHits(
                "u" + happening.unit(),
                happening.time(),
                origin,
                "goal_reached v1",
                "e" + happening,
                List.of(happening.under(PhaseVersions.actingAt(happening.time(), known)))));
        if (i % each == 0) {
          flush(latest - DISORDER);
        }
      }
      flush(Scorings.START + (MINUTES + 10) * MINUTE);
      score.watermark(Long.MAX_VALUE - 1);
      rows.addAll(score.drain());
      return this;
    }

    private void flush(long watermark) throws Exception {
      attribute.watermark(watermark);
      clock += EMIT;
      attribute.clock(clock);
      for (Object out : attribute.drainAll()) {
        if (out instanceof Watermark mark) {
          score.watermark(mark.getTimestamp());
        } else {
          score.process((PhaseDelta) out);
        }
      }
      for (ExperimentRow row : score.drain()) {
        rows.add(row);
        if (row instanceof ExperimentRow.Decided decided && decided.promotion() != null) {
          define(DefinitionJson.read(decided.promotion()));
        }
      }
    }

    /** All decisions without what they promote, and the last of the other rows. */
    List<ExperimentRow> found() {
      Map<String, ExperimentRow> last = new HashMap<>();
      List<ExperimentRow> found = new ArrayList<>();
      for (ExperimentRow row : rows) {
        if (row instanceof ExperimentRow.Decided decided) {
          found.add(
              new ExperimentRow.Decided(
                  decided.experiment(),
                  decided.phase(),
                  decided.decidedAt(),
                  decided.decision(),
                  decided.evidence(),
                  null));
        } else if (row instanceof ExperimentRow.Score score) {
          last.put("score " + row.phase() + score.metric() + score.row().variant(), row);
        } else if (row instanceof ExperimentRow.Health) {
          last.put("health " + row.phase(), row);
        }
      }
      found.addAll(last.values());
      return found;
    }

    @Override
    public void close() throws Exception {
      attribute.close();
      score.close();
    }
  }

  @Test
  void replayThatKnowsTheNextVersionFindsTheSame() throws Exception {
    Random random = new Random(3);
    List<Happening> happenings = happenings(random);
    List<ExperimentDefinition> versions;
    List<ExperimentRow> live;
    try (Run run = new Run(List.of(FIRST)).process(disordered(happenings, random), 40)) {
      versions = run.known;
      live = run.found();
    }
    assertThat(versions).hasSize(2);
    long from = versions.get(1).effectiveFrom();
    long before = happenings.stream().filter(h -> h.arm() != Hit.NO_ARM && h.time() < from).count();
    assertThat(before).isBetween(1000L, (MINUTES - 10L) * UNITS_A_MINUTE);
    assertThat(live)
        .filteredOn(row -> row instanceof ExperimentRow.Health && row.phase() == 1)
        .singleElement()
        .satisfies(row -> assertThat(((ExperimentRow.Health) row).units()).isEqualTo(before));
    assertThat(live).anyMatch(row -> row.phase() == 2);
    try (Run run = new Run(versions).process(disordered(happenings, random), 17)) {
      assertThat(run.found()).containsExactlyInAnyOrderElementsOf(live);
    }
  }

  private static List<Happening> disordered(List<Happening> happenings, Random random) {
    Map<Happening, Long> turns = new HashMap<>();
    happenings.forEach(each -> turns.put(each, each.time() + random.nextLong(DISORDER)));
    List<Happening> order = new ArrayList<>(happenings);
    order.sort(Comparator.comparingLong(turns::get));
    return order;
  }

  /** Of the second arm much fewer stay. */
  private static List<Happening> happenings(Random random) {
    List<Happening> happenings = new ArrayList<>();
    for (int unit = 0; unit < MINUTES * UNITS_A_MINUTE; unit++) {
      long exposed = Scorings.START + random.nextLong(MINUTES * MINUTE);
      int arm = random.nextInt(2);
      happenings.add(new Happening(unit, exposed, arm));
      if (random.nextDouble() < (arm == 1 ? 0.1 : 0.6)) {
        happenings.add(new Happening(unit, exposed + random.nextLong(MINUTE), Hit.NO_ARM));
      }
    }
    return happenings;
  }
}
