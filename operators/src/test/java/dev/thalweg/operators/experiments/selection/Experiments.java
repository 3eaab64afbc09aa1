package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Exposure;
import dev.thalweg.operators.experiments.definition.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds one version of an experiment with the arms control and treatment. Begins as version 1,
 * acting for ever from an hour before {@link TestEvents#NOON}, on users, half of them each, whose
 * orders are conversions, and which routes nothing.
 */
public final class Experiments {
  private final String id;
  private int version = 1;
  private long from = TestEvents.NOON - 3_600_000;
  private long stop = ExperimentDefinition.NEVER;
  private String unit = "user_id";
  private int control = 1;
  private int treatment = 1;
  private Bucketing bucketing = Bucketing.FLAGD_FRACTIONAL_V2;
  private String targeting = "";
  private String validIf = "";
  private int phase;
  private int third;
  private OutcomeMetric metric =
      metric(OutcomeKind.CONVERSION, new Outcome("order_placed", "", ""));
  private Routing routing = Routing.none();

  private Experiments(String id) {
    this.id = id;
  }

  /** An experiment of that name. */
  public static Experiments of(String id) {
    return new Experiments(id);
  }

  /** Sets the version, which is a phase of its own. */
  public Experiments version(int number) {
    version = number;
    return this;
  }

  /** Sets from which event time on it acts, and from which on it does not. */
  public Experiments acts(long since, long until) {
    from = since;
    stop = until;
    return this;
  }

  /** Sets the field that tells units apart. */
  public Experiments unit(String field) {
    unit = field;
    return this;
  }

  /** Sets the weights. */
  public Experiments weights(int ofControl, int ofTreatment) {
    control = ofControl;
    treatment = ofTreatment;
    return this;
  }

  /** Adds an arm that is called third. */
  public Experiments third(int weight) {
    third = weight;
    return this;
  }

  /** Sets how units are hashed. */
  public Experiments by(Bucketing hash) {
    bucketing = hash;
    return this;
  }

  /** Sets who takes part. */
  public Experiments targeting(String rule) {
    targeting = rule;
    return this;
  }

  /** Sets which exposures are valid. */
  public Experiments validIf(String condition) {
    validIf = condition;
    return this;
  }

  /** Sets which events convert. */
  public Experiments converts(String event, String where) {
    metric = metric(OutcomeKind.CONVERSION, new Outcome(event, where, ""));
    return this;
  }

  /** Sets which phase the version is of, where that is not one of its own. */
  public Experiments phase(int number) {
    phase = number;
    return this;
  }

  /** Sums a field of events, and for CUPED that of so long before the exposure too. */
  public Experiments sums(String event, String of, Duration cuped) {
    OutcomeMetric plain = metric(OutcomeKind.SUM, new Outcome(event, "", of));
    metric =
        new OutcomeMetric(
            plain.name(),
            plain.kind(),
            plain.outcome(),
            null,
            plain.delay(),
            plain.window(),
            plain.bounds(),
            cuped);
    return this;
  }

  private static OutcomeMetric metric(OutcomeKind kind, Outcome outcome) {
    return new OutcomeMetric(
        "converts",
        kind,
        outcome,
        null,
        Duration.ZERO,
        Duration.ZERO,
        Winsorization.none(),
        Duration.ZERO);
  }

  /** Sends events of the treatment there. */
  public Experiments routes(String route, String... events) {
    return routes(Map.of("treatment", route), events);
  }

  /** Sends events of variants where the map says. */
  public Experiments routes(Map<String, String> byVariant, String... events) {
    routing = new Routing(byVariant, Set.of(events));
    return this;
  }

  private List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    variants.add(new Variant("control", control));
    variants.add(new Variant("treatment", treatment));
    if (third > 0) {
      variants.add(new Variant("third", third));
    }
    return variants;
  }

  /** The definition. Its salt is its name with a colon behind. */
  public ExperimentDefinition build() {
    Allocation allocation =
        new Allocation(unit, variants(), "control", id + ":", bucketing, targeting);
    return new ExperimentDefinition(
        id,
        version,
        phase == 0 ? version : phase,
        "growth",
        from,
        stop,
        new Design(
            allocation,
            new Exposure("experiment_exposed", validIf),
            Crossover.EXCLUDE,
            List.of(metric),
            routing),
        List.of(),
        new AnytimeValid(0.05, 5000),
        new DecisionPolicy(0, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of()));
  }
}
