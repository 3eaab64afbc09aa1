package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import java.util.Arrays;
import java.util.List;

/**
 * A unit in a phase of an experiment. Its first exposure counts, and outcomes count from then on;
 * what is known follows from which events there were, never from their order. It says what each
 * event changes in the sums over units, minute by minute of event time. Mutable.
 *
 * <p>An event may be as late as the horizon. What lies before it cannot change any more and is
 * added up, so that what is kept does not grow with a unit's age.
 */
final class UnitPhase {
  private static final long MINUTE_MILLIS = 60_000;

  private final Exposures exposures;
  private final OutcomeLog[] logs;
  private final OutcomeTimes outcomes;
  private long latest;

  private record Health(int several, long before, int never) {}

  UnitPhase(PhaseRules rules) {
    this(
        Long.MIN_VALUE,
        new Exposures(rules.arms()),
        rules.metrics().stream().map(metric -> new OutcomeLog()).toArray(OutcomeLog[]::new),
        new OutcomeTimes());
  }

  UnitPhase(long latest, Exposures exposures, OutcomeLog[] logs, OutcomeTimes outcomes) {
    this.latest = latest;
    this.exposures = exposures;
    this.logs = logs;
    this.outcomes = outcomes;
  }

  /** The time of its latest event. */
  long latest() {
    return latest;
  }

  Exposures exposures() {
    return exposures;
  }

  List<OutcomeLog> logs() {
    return List.of(logs);
  }

  OutcomeTimes outcomes() {
    return outcomes;
  }

  /** Takes in an event. */
  void add(Hit hit, long time, String eventId, PhaseChanges changes) {
    PhaseRules rules = hit.rules();
    latest = Math.max(latest, time);
    Health before = health();
    boolean all = hit.isExposure() && changesExposure(hit.arm(), time, eventId);
    boolean[] concerned = concerned(hit, all);
    Steps[] old = steps(rules, concerned);
    Steps oldUnit = all ? unitSteps(rules) : null;
    if (hit.isExposure()) {
      exposures.add(hit.arm(), time, eventId);
    }
    for (Outcome outcome : hit.outcomes()) {
      logs[outcome.metric()].add(time, outcome.value(), outcome.below());
    }
    if (!hit.outcomes().isEmpty()) {
      outcomes.add(time);
    }
    if (all) {
      oldUnit.changeTo(
          unitSteps(rules), (minute, arm, sign, one, none) -> changes.unit(minute, arm, sign));
    }
    tellValues(old, steps(rules, concerned), changes);
    tell(before, health(), changes);
  }

  private boolean changesExposure(int arm, long time, String eventId) {
    return time < exposures.time(arm)
        || time == exposures.time(arm) && eventId.compareTo(exposures.id(arm)) < 0;
  }

  private boolean[] concerned(Hit hit, boolean all) {
    boolean[] concerned = new boolean[logs.length];
    if (all) {
      Arrays.fill(concerned, true);
    }
    hit.outcomes().forEach(outcome -> concerned[outcome.metric()] = true);
    return concerned;
  }

  private static void tellValues(Steps[] old, Steps[] now, PhaseChanges changes) {
    for (int i = 0; i < old.length; i++) {
      int metric = i;
      if (old[i] != null) {
        old[i].changeTo(
            now[i],
            (minute, arm, sign, first, second) -> {
              if (!Double.isNaN(first)) {
                changes.value(metric, minute, arm, sign, first, second);
              }
            });
      }
    }
  }

  private Health health() {
    boolean isExposed = exposures.firstArm() != Hit.NO_ARM;
    return new Health(
        exposures.secondTime() == Exposures.NEVER ? 0 : 1,
        isExposed ? outcomes.before(exposures.firstTime()) : 0,
        isExposed || outcomes.isEmpty() ? 0 : 1);
  }

  private static void tell(Health before, Health after, PhaseChanges changes) {
    if (!before.equals(after)) {
      changes.health(
          after.several - before.several, after.before - before.before, after.never - before.never);
    }
  }

  /** When the unit leaves its arm, as it came to another; never if the first counts. */
  private long leaves(PhaseRules rules) {
    return rules.firstCounts() ? Exposures.NEVER : exposures.secondTime();
  }

  private static long minute(long time) {
    return time == Exposures.NEVER ? Exposures.NEVER : Math.floorDiv(time, MINUTE_MILLIS);
  }

  private Steps unitSteps(PhaseRules rules) {
    int arm = exposures.firstArm();
    long from = minute(exposures.firstTime());
    long to = minute(leaves(rules));
    if (arm == Hit.NO_ARM || from == to) {
      return Steps.none();
    }
    Steps steps = new Steps(arm);
    steps.set(from, 1, 0);
    if (to != Exposures.NEVER) {
      steps.leave(to);
    }
    return steps;
  }

  private Steps[] steps(PhaseRules rules, boolean[] concerned) {
    Steps[] steps = new Steps[logs.length];
    for (int i = 0; i < logs.length; i++) {
      if (concerned[i]) {
        steps[i] = steps(rules, rules.metrics().get(i), logs[i]);
      }
    }
    return steps;
  }

  private Steps steps(PhaseRules rules, MetricRule rule, OutcomeLog log) {
    int arm = exposures.firstArm();
    long exposedAt = exposures.firstTime();
    long to = minute(leaves(rules));
    if (arm == Hit.NO_ARM || minute(exposedAt) == to) {
      return Steps.none();
    }
    Steps steps = new Steps(arm);
    boolean isRatio = rule.kind() == OutcomeKind.RATIO;
    double before = rule.lookBack() > 0 ? known(log.beforeExposure(rule, exposedAt), rule) : 0;
    Tally tally = new Tally();
    tally.add(log.after());
    steps.set(minute(exposedAt), tally.value(rule), isRatio ? tally.below().value() : before);
    for (int i = 0; i < log.size() && minute(log.time(i)) < to; i++) {
      if (rule.counts(exposedAt, log.time(i))) {
        tally.add(log.value(i), log.isBelow(i));
        steps.set(minute(log.time(i)), tally.value(rule), isRatio ? tally.below().value() : before);
      }
    }
    if (to != Exposures.NEVER) {
      steps.leave(to);
    }
    return steps;
  }

  /** A unit that did nothing before exposure has a mean of 0 there, for want of another. */
  private static double known(Tally before, MetricRule rule) {
    double value = before.value(rule);
    return Double.isNaN(value) ? rule.bounds().apply(0) : value;
  }

  /**
   * Adds up what cannot change any more.
   *
   * @param horizon until when no event comes any more; {@link Long#MIN_VALUE} if that is not known
   */
  void settle(PhaseRules rules, long horizon) {
    if (horizon == Long.MIN_VALUE) {
      return;
    }
    boolean isFinal = exposures.firstTime() <= horizon;
    if (leaves(rules) <= horizon) {
      dropValues();
    }
    for (int i = 0; i < logs.length; i++) {
      MetricRule rule = rules.metrics().get(i);
      if (isFinal) {
        logs[i].settle(rule, exposures.firstTime(), horizon);
      } else {
        logs[i].dropBefore(horizon - rule.lookBack());
      }
    }
    outcomes.settle(exposures.firstTime(), horizon);
  }

  /** A unit that has left adds nothing, whatever it does. */
  private void dropValues() {
    for (int i = 0; i < logs.length; i++) {
      logs[i] = new OutcomeLog();
    }
  }
}
