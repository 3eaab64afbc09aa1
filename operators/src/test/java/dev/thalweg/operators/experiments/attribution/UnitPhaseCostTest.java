package dev.thalweg.operators.experiments.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an outcome of a busy unit costs, counted in changes and bytes, never in seconds. */
final class UnitPhaseCostTest {
  private static final int EVENTS = 10_000;
  private static final int PART = 1000;

  private static PhaseRules rules(OutcomeKind kind) {
    long lookBack = kind == OutcomeKind.RATIO ? 0 : 60_000;
    MetricRule rule = new MetricRule(kind, 0, MetricRule.UNLIMITED, lookBack, Winsorization.none());
    return new PhaseRules("x", 1, List.of("a", "b"), false, List.of(rule));
  }

  /** Counts what it is told. */
  private static final class Counting implements PhaseChanges {
    private int changes;

    @Override
    public void unit(long minute, int arm, int sign) {
      changes++;
    }

    @Override
    public void value(int metric, long minute, int arm, int sign, double first, double second) {
      changes++;
    }

    @Override
    public void cohortUnit(long minute, int arm, int sign) {
      changes++;
    }

    @Override
    public void cohortValue(
        int metric, long minute, int arm, int sign, double first, double second) {
      changes++;
    }

    @Override
    public void health(int inSeveralArms, long outcomesBefore, int neverExposed) {
      changes++;
    }
  }

  /** An outcome a second, each of which the lateness still lets an exposure move. */
  @ParameterizedTest
  @EnumSource(OutcomeKind.class)
  void outcomesInOrderCostTheSameHoweverManyWentBefore(OutcomeKind kind) {
    PhaseRules rules = rules(kind);
    UnitPhase unit = new UnitPhase(rules);
    Counting told = new Counting();
    unit.add(new Hit(rules, 0, List.of()), 1, "e", told);
    Hit hit = new Hit(rules, Hit.NO_ARM, List.of(new Hit.Outcome(0, 1, false)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long[] bytes = new long[EVENTS / PART];
    for (int part = 0; part < bytes.length; part++) {
      told.changes = 0;
      long before = threads.getThreadAllocatedBytes(thread);
      for (int i = 0; i < PART; i++) {
        unit.add(hit, (part * PART + i) * 1000L + 1, "e", told);
        unit.settle(rules, 0);
      }
      bytes[part] = threads.getThreadAllocatedBytes(thread) - before;
      assertThat(told.changes).isLessThanOrEqualTo(2 * PART + 200);
    }
    // The logs have room for 4,096 and 16,384 outcomes in these parts.
    assertThat(bytes[9]).isLessThan(bytes[2] * 11 / 10);
    assertThat(bytes[9] / PART).isLessThan(2000);
  }

  @Test
  void outcomesOfAUnitThatIsNeverExposedTellNothingMoreThanTheFirst() {
    PhaseRules rules = rules(OutcomeKind.SUM);
    UnitPhase unit = new UnitPhase(rules);
    Counting told = new Counting();
    Hit hit = new Hit(rules, Hit.NO_ARM, List.of(new Hit.Outcome(0, 1, false)));
    for (int i = 0; i < PART; i++) {
      unit.add(hit, i, "e", told);
    }
    assertThat(told.changes).isEqualTo(1);
  }
}
