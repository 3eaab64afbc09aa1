package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.definition.OutcomeKind;

/** What a unit adds to its arm, minute by minute, as its exposures stand. */
final class UnitSteps {
  private static final long MINUTE_MILLIS = 60_000;

  private final PhaseRules rules;
  private final Exposures exposures;

  UnitSteps(PhaseRules rules, Exposures exposures) {
    this.rules = rules;
    this.exposures = exposures;
  }

  /** When the unit leaves its arm, as it came to another; never if the first counts. */
  long leaves() {
    return rules.firstCounts() ? Exposures.NEVER : exposures.secondTime();
  }

  /** The minute of a time, counted from 1970. */
  static long minute(long time) {
    return time == Exposures.NEVER ? Exposures.NEVER : Math.floorDiv(time, MINUTE_MILLIS);
  }

  /** Whether it is in an arm at the end of any minute. */
  private boolean isIn() {
    return exposures.firstArm() != Hit.NO_ARM && minute(exposures.firstTime()) != minute(leaves());
  }

  /** Of the unit as such: 1 from its exposure on. */
  Steps ofUnit() {
    if (!isIn()) {
      return Steps.none();
    }
    Steps steps = new Steps(exposures.firstArm());
    steps.set(minute(exposures.firstTime()), 1, 0);
    return ended(steps);
  }

  private Steps ended(Steps steps) {
    if (leaves() != Exposures.NEVER) {
      steps.leave(minute(leaves()));
    }
    return steps;
  }

  /** Of its values of a metric. */
  Steps of(int metric, OutcomeLog log) {
    if (!isIn()) {
      return Steps.none();
    }
    MetricRule rule = rules.metrics().get(metric);
    long exposedAt = exposures.firstTime();
    long end = minute(leaves());
    double before = before(rule, log, exposedAt);
    Tally tally = new Tally();
    tally.add(log.after());
    Steps steps = new Steps(exposures.firstArm());
    set(steps, exposedAt, rule, tally, before);
    for (int i = 0; i < log.size() && minute(log.time(i)) < end; i++) {
      if (rule.counts(exposedAt, log.time(i))) {
        tally.add(log.value(i), log.isBelow(i));
        set(steps, log.time(i), rule, tally, before);
      }
    }
    return ended(steps);
  }

  /** Whether an outcome belongs to what the unit did before its exposure. */
  boolean precedes(int metric, long time) {
    return isIn() && rules.metrics().get(metric).precedes(exposures.firstTime(), time);
  }

  /**
   * Takes in an outcome that is no earlier than any of its log and not from before exposure, and
   * tells what it changes: what comes from {@link #of} before and after, without looking at the
   * log.
   */
  void append(Hit.Outcome outcome, long time, OutcomeLog log, PhaseChanges changes) {
    MetricRule rule = rules.metrics().get(outcome.metric());
    long exposedAt = exposures.firstTime();
    if (!isIn() || !rule.counts(exposedAt, time) || minute(time) >= minute(leaves())) {
      log.add(time, outcome.value(), outcome.below());
      return;
    }
    if (log.sum() == null) {
      log.sum(sum(rule, log, exposedAt));
    }
    LastStep old = LastStep.of(rule, log.sum());
    log.add(time, outcome.value(), outcome.below());
    log.sum().tally().add(outcome.value(), outcome.below());
    LastStep now = LastStep.of(rule, log.sum());
    if (!now.equals(old)) {
      tell(outcome.metric(), minute(time), old, now, changes);
    }
  }

  private void tell(int metric, long minute, LastStep old, LastStep now, PhaseChanges changes) {
    int arm = exposures.firstArm();
    Steps.Changes values =
        (when, in, sign, first, second) -> changes.value(metric, when, in, sign, first, second);
    old.changeTo(now, minute, arm, values);
    if (leaves() != Exposures.NEVER) {
      now.changeTo(old, minute(leaves()), arm, values);
    }
    if (minute == minute(exposures.firstTime())) {
      old.changeTo(
          now,
          minute,
          arm,
          (when, in, sign, first, second) ->
              changes.cohortValue(metric, when, in, sign, first, second));
    }
  }

  private OutcomeSum sum(MetricRule rule, OutcomeLog log, long exposedAt) {
    Tally tally = new Tally();
    tally.add(log.after());
    for (int i = 0; i < log.size() && minute(log.time(i)) < minute(leaves()); i++) {
      if (rule.counts(exposedAt, log.time(i))) {
        tally.add(log.value(i), log.isBelow(i));
      }
    }
    return new OutcomeSum(tally, before(rule, log, exposedAt));
  }

  private static void set(Steps steps, long time, MetricRule rule, Tally tally, double before) {
    boolean isRatio = rule.kind() == OutcomeKind.RATIO;
    steps.set(minute(time), tally.value(rule), isRatio ? tally.below().value() : before);
  }

  /** A unit that did nothing before exposure has a mean of 0 there, for want of another. */
  private static double before(MetricRule rule, OutcomeLog log, long exposedAt) {
    if (rule.lookBack() == 0) {
      return 0;
    }
    double value = log.beforeExposure(rule, exposedAt).value(rule);
    return Double.isNaN(value) ? rule.bounds().apply(0) : value;
  }
}
