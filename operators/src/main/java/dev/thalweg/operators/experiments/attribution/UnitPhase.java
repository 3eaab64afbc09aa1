package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
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

  /** Whether it was exposed to any arm. */
  boolean isExposed() {
    return exposures.firstArm() != Hit.NO_ARM;
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
    if (hit.isExposure() && changesExposure(hit.arm(), time, eventId)) {
      expose(hit, time, eventId, changes);
    } else {
      UnitSteps derived = new UnitSteps(rules, exposures);
      hit.outcomes().forEach(outcome -> add(outcome, time, derived, changes));
    }
    if (!hit.outcomes().isEmpty() && !hit.isHistory()) {
      outcomes.add(time);
    }
    tell(before, health(), changes);
  }

  /** All that the unit adds may change. */
  private void expose(Hit hit, long time, String eventId, PhaseChanges changes) {
    UnitSteps derived = new UnitSteps(hit.rules(), exposures);
    Steps oldUnit = derived.ofUnit();
    Steps[] old = steps(derived);
    exposures.add(hit.arm(), time, eventId);
    for (Outcome outcome : hit.outcomes()) {
      logs[outcome.metric()].add(time, outcome.value(), outcome.below());
    }
    tellUnit(oldUnit, derived.ofUnit(), changes);
    Steps[] now = steps(derived);
    for (int metric = 0; metric < logs.length; metric++) {
      logs[metric].forgetSum();
      tellValues(metric, old[metric], now[metric], changes);
    }
  }

  private Steps[] steps(UnitSteps derived) {
    Steps[] steps = new Steps[logs.length];
    for (int metric = 0; metric < logs.length; metric++) {
      steps[metric] = derived.of(metric, logs[metric]);
    }
    return steps;
  }

  /** The latest outcome changes the last step alone, any other all from its minute on. */
  private void add(Outcome outcome, long time, UnitSteps derived, PhaseChanges changes) {
    int metric = outcome.metric();
    OutcomeLog log = logs[metric];
    if (log.isLatest(time) && !derived.precedes(metric, time)) {
      derived.append(outcome, time, log, changes);
      return;
    }
    Steps old = derived.of(metric, log);
    log.add(time, outcome.value(), outcome.below());
    log.forgetSum();
    tellValues(metric, old, derived.of(metric, log), changes);
  }

  private boolean changesExposure(int arm, long time, String eventId) {
    return time < exposures.time(arm)
        || time == exposures.time(arm) && eventId.compareTo(exposures.id(arm)) < 0;
  }

  private static void tellUnit(Steps old, Steps now, PhaseChanges changes) {
    old.changeTo(now, (minute, arm, sign, one, none) -> changes.unit(minute, arm, sign));
    old.changeEntryTo(now, (minute, arm, sign, one, none) -> changes.cohortUnit(minute, arm, sign));
  }

  private static void tellValues(int metric, Steps old, Steps now, PhaseChanges changes) {
    old.changeTo(
        now,
        (minute, arm, sign, first, second) -> {
          if (!Double.isNaN(first)) {
            changes.value(metric, minute, arm, sign, first, second);
          }
        });
    old.changeEntryTo(
        now,
        (minute, arm, sign, first, second) -> {
          if (!Double.isNaN(first)) {
            changes.cohortValue(metric, minute, arm, sign, first, second);
          }
        });
  }

  private Health health() {
    return new Health(
        exposures.secondTime() == Exposures.NEVER ? 0 : 1,
        isExposed() ? outcomes.before(exposures.firstTime()) : 0,
        isExposed() || outcomes.isEmpty() ? 0 : 1);
  }

  private static void tell(Health before, Health after, PhaseChanges changes) {
    if (!before.equals(after)) {
      changes.health(
          after.several - before.several, after.before - before.before, after.never - before.never);
    }
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
    if (new UnitSteps(rules, exposures).leaves() <= horizon) {
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
