package dev.thalweg.operators.experiments.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.ArmSums;
import dev.thalweg.operators.experiments.statistics.Estimator;
import dev.thalweg.operators.experiments.statistics.Scorecard;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the order of events, the sums up to each minute are those of a model that looks at all
 * events up to that minute at once.
 */
final class UnitPhaseModelTest {
  private static final long MINUTE = 60_000;
  private static final long LATENESS = 40 * MINUTE;
  private static final int UNITS = 6;
  private static final int ARMS = 3;

  /** What happened: an exposure to an arm, or an outcome of a metric. */
  private record Happening(int unit, long time, String id, int arm, Hit.Outcome outcome) {
    Hit hit(PhaseRules rules) {
      return new Hit(rules, arm, outcome == null ? List.of() : List.of(outcome));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void sumsOfEachMinuteAreThoseOfTheModel(long seed) {
    assertModel(seed, LATENESS);
  }

  /** Then most outcomes are the latest of their unit, which is another way to the same. */
  @ParameterizedTest
  @MethodSource("seeds")
  void soTheyAreInOrderOfTime(long seed) {
    assertModel(seed, 1);
  }

  private static void assertModel(long seed, long lateness) {
    Random random = new Random(seed);
    PhaseRules rules = rules(random);
    List<Happening> events = events(random, rules);
    PhaseDelta told = new PhaseDelta(PhaseShape.of(rules));
    Map<Integer, UnitPhase> units = new HashMap<>();
    List<List<Happening>> parts = arrivals(events, lateness, random);
    for (int i = 0; i < parts.size(); i++) {
      for (Happening event : parts.get(i)) {
        units
            .computeIfAbsent(event.unit, unit -> new UnitPhase(rules))
            .add(event.hit(rules), event.time, event.id, told.changes());
      }
      long horizon = horizon(parts.subList(i + 1, parts.size()));
      units.values().forEach(unit -> unit.settle(rules, horizon));
    }

    PhaseSums sums = new PhaseSums(PhaseShape.of(rules));
    TreeSet<Long> minutes = new TreeSet<>(told.minutes().keySet());
    events.forEach(event -> minutes.add(Math.floorDiv(event.time, MINUTE)));
    for (long minute : minutes) {
      if (told.minutes().containsKey(minute)) {
        sums.merge(told.minutes().get(minute));
      }
      long end = (minute + 1) * MINUTE;
      assertSame(sums, rules, asOf(events, rules, Long.MIN_VALUE, end), minute);
      PhaseSums none = new PhaseSums(PhaseShape.of(rules));
      PhaseSums cohort = told.cohorts().getOrDefault(minute, none);
      assertSame(cohort, rules, asOf(events, rules, end - MINUTE, end), minute);
    }
    assertThat(told.health()).isEqualTo(health(events));
  }

  /** Events in parts, each somewhat late. */
  private static List<List<Happening>> arrivals(
      List<Happening> events, long lateness, Random random) {
    Map<Happening, Long> turns = new HashMap<>();
    events.forEach(event -> turns.put(event, event.time + random.nextLong(lateness)));
    List<Happening> ordered = new ArrayList<>(events);
    ordered.sort(Comparator.comparingLong(turns::get));
    List<List<Happening>> all = new ArrayList<>();
    for (int from = 0; from < ordered.size(); from += 4) {
      all.add(ordered.subList(from, Math.min(ordered.size(), from + 4)));
    }
    return all;
  }

  /** Until when no event is that is still to come. */
  private static long horizon(List<List<Happening>> toCome) {
    return toCome.stream().flatMap(List::stream).mapToLong(Happening::time).min().orElse(MINUTE)
        - 1;
  }

  private static PhaseRules rules(Random random) {
    List<MetricRule> metrics = new ArrayList<>();
    for (OutcomeKind kind : OutcomeKind.values()) {
      long delay = random.nextBoolean() ? 0 : random.nextInt(5) * MINUTE;
      long window = random.nextBoolean() ? MetricRule.UNLIMITED : (1 + random.nextInt(30)) * MINUTE;
      boolean isCuped = kind != OutcomeKind.RATIO && random.nextBoolean();
      long lookBack = isCuped ? (1 + random.nextInt(60)) * MINUTE : 0;
      Winsorization bounds =
          kind != OutcomeKind.RATIO && random.nextInt(3) == 0
              ? new Winsorization(-2, 3)
              : Winsorization.none();
      metrics.add(new MetricRule(kind, delay, window, lookBack, bounds));
    }
    return new PhaseRules("x", 1, List.of("a", "b", "c"), random.nextBoolean(), metrics);
  }

  private static List<Happening> events(Random random, PhaseRules rules) {
    List<Happening> events = new ArrayList<>();
    int metrics = rules.metrics().size();
    for (int i = 0; i < 60; i++) {
      int unit = random.nextInt(UNITS);
      long time = random.nextInt(200) * MINUTE / 2;
      String id = "e" + random.nextInt(1000) + "-" + i;
      boolean isExposure = random.nextInt(4) == 0;
      int arm = unit == 0 && random.nextBoolean() ? random.nextInt(ARMS) : unit % ARMS;
      int metric = random.nextInt(metrics);
      boolean isRatio = rules.metrics().get(metric).kind() == OutcomeKind.RATIO;
      double value = random.nextBoolean() ? 0.1 * random.nextInt(100) : -1.5;
      events.add(
          isExposure
              ? new Happening(unit, time, id, arm, null)
              : new Happening(
                  unit,
                  time,
                  id,
                  Hit.NO_ARM,
                  new Hit.Outcome(metric, value, isRatio && random.nextBoolean())));
    }
    return events;
  }

  /** The sums of all events before that time over units first exposed from another time on. */
  private static PhaseSums asOf(
      List<Happening> events, PhaseRules rules, long exposedFrom, long time) {
    PhaseSums sums = new PhaseSums(PhaseShape.of(rules));
    for (int unit = 0; unit < UNITS; unit++) {
      int wanted = unit;
      List<Happening> own =
          events.stream().filter(event -> event.unit == wanted && event.time < time).toList();
      List<Happening> exposures = exposures(own);
      long arms = exposures.stream().map(Happening::arm).distinct().count();
      if (exposures.isEmpty() || arms > 1 && !rules.firstCounts()) {
        continue;
      }
      Happening first = exposures.get(0);
      if (first.time < exposedFrom) {
        continue;
      }
      sums.addUnit(first.arm, 1);
      for (int m = 0; m < rules.metrics().size(); m++) {
        addValue(sums, rules.metrics().get(m), m, first, own);
      }
    }
    return sums;
  }

  private static List<Happening> exposures(List<Happening> events) {
    List<Happening> exposures =
        new ArrayList<>(events.stream().filter(event -> event.outcome == null).toList());
    exposures.sort(Comparator.comparingLong(Happening::time).thenComparing(Happening::id));
    return exposures;
  }

  private static void addValue(
      PhaseSums sums, MetricRule rule, int metric, Happening first, List<Happening> own) {
    List<Hit.Outcome> after = new ArrayList<>();
    List<Hit.Outcome> before = new ArrayList<>();
    for (Happening event : own) {
      if (event.outcome != null && event.outcome.metric() == metric) {
        long since = event.time - first.time;
        boolean isOver =
            rule.window() != MetricRule.UNLIMITED && since >= rule.delay() + rule.window();
        if (since >= rule.delay() && !isOver) {
          after.add(event.outcome);
        }
        if (since < 0 && -since <= rule.lookBack()) {
          before.add(event.outcome);
        }
      }
    }
    Double value = value(rule, after, false);
    if (value != null) {
      Double second =
          rule.kind() == OutcomeKind.RATIO
              ? sum(after.stream().filter(Hit.Outcome::below).toList())
              : rule.lookBack() > 0 ? value(rule, before, true) : Double.valueOf(0);
      sums.addValue(metric, first.arm, 1, value, second);
    }
  }

  private static Double value(MetricRule rule, List<Hit.Outcome> all, boolean zeroIfNone) {
    List<Hit.Outcome> above = all.stream().filter(outcome -> !outcome.below()).toList();
    double value =
        switch (rule.kind()) {
          case CONVERSION -> above.isEmpty() ? 0 : 1;
          case COUNT -> above.size();
          case SUM, RATIO -> sum(above);
          case MEAN -> above.isEmpty() ? (zeroIfNone ? 0 : Double.NaN) : sum(above) / above.size();
        };
    return Double.isNaN(value) ? null : (Double) rule.bounds().apply(value);
  }

  /** Rounded once. */
  private static double sum(List<Hit.Outcome> outcomes) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Hit.Outcome outcome : outcomes) {
      sum = sum.add(new BigDecimal(outcome.value()));
    }
    return sum.doubleValue();
  }

  private static PhaseHealth health(List<Happening> events) {
    int several = 0;
    long before = 0;
    int never = 0;
    for (int unit = 0; unit < UNITS; unit++) {
      int wanted = unit;
      List<Happening> own = events.stream().filter(event -> event.unit == wanted).toList();
      List<Happening> exposures = exposures(own);
      several += exposures.stream().map(Happening::arm).distinct().count() > 1 ? 1 : 0;
      List<Happening> outcomes = own.stream().filter(event -> event.outcome != null).toList();
      if (!exposures.isEmpty()) {
        before += outcomes.stream().filter(o -> o.time < exposures.get(0).time).count();
      } else if (!outcomes.isEmpty()) {
        never++;
      }
    }
    return new PhaseHealth(several, before, never, 0);
  }

  private static void assertSame(PhaseSums sums, PhaseRules rules, PhaseSums model, long minute) {
    for (int arm = 0; arm < ARMS; arm++) {
      assertThat(sums.units(arm)).as("units of %d at %d", arm, minute).isEqualTo(model.units(arm));
    }
    for (int m = 0; m < rules.metrics().size(); m++) {
      assertThat(rows(sums, rules, m))
          .as("%s at minute %d", rules.metrics().get(m), minute)
          .isEqualTo(rows(model, rules, m));
    }
  }

  private static List<ScorecardRow> rows(PhaseSums sums, PhaseRules rules, int metric) {
    Map<String, ArmSums> arms = new LinkedHashMap<>();
    for (int arm = 0; arm < ARMS; arm++) {
      arms.put("arm" + arm, sums.values(metric, arm));
    }
    Estimator estimator =
        rules.metrics().get(metric).kind() == OutcomeKind.RATIO ? Estimator.RATIO : Estimator.MEAN;
    return new Scorecard(estimator, new AnytimeValid(0.05, 5000)).rows("arm0", arms);
  }
}
