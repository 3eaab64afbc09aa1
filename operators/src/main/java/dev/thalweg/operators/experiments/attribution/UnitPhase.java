package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
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
    boolean all = hit.isExposure() && changesExposure(hit.arm(), time, eventId);
    boolean[] concerned = concerned(hit, all);
    UnitSteps derived = new UnitSteps(rules, exposures);
    Steps[] old = steps(derived, concerned);
    Steps oldUnit = all ? derived.ofUnit() : null;
    if (hit.isExposure()) {
      exposures.add(hit.arm(), time, eventId);
    }
    for (Outcome outcome : hit.outcomes()) {
      logs[outcome.metric()].add(time, outcome.value(), outcome.below());
    }
    if (!hit.outcomes().isEmpty() && !hit.isHistory()) {
      outcomes.add(time);
    }
    if (all) {
      oldUnit.changeTo(
          derived.ofUnit(), (minute, arm, sign, one, none) -> changes.unit(minute, arm, sign));
    }
    tellValues(old, steps(derived, concerned), changes);
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

  private Steps[] steps(UnitSteps derived, boolean[] concerned) {
    Steps[] steps = new Steps[logs.length];
    for (int i = 0; i < logs.length; i++) {
      steps[i] = concerned[i] ? derived.of(i, logs[i]) : null;
    }
    return steps;
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
