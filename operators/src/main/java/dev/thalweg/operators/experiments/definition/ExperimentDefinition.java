package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * One version of an experiment's definition. A version is never rewritten: what changes is the next
 * one.
 *
 * @param experiment the id, as exposures carry it
 * @param version from 1
 * @param phase from 1; versions of one phase are analysed together
 * @param owner who answers for it
 * @param effectiveFrom from which event time on it acts, in milliseconds since 1970
 * @param stop from which event time on it does not, or {@link #NEVER}
 * @param design what units get and how that is measured
 * @param guardrails what no variant may do
 * @param statistics how sure one must be
 * @param policy when it is decided
 */
public record ExperimentDefinition(
    String experiment,
    int version,
    int phase,
    String owner,
    long effectiveFrom,
    long stop,
    Design design,
    List<Guardrail> guardrails,
    AnytimeValid statistics,
    DecisionPolicy policy)
    implements Serializable {
  /** The {@link #stop} of an experiment that has none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Refuses what does not fit together, with the key that is wrong first in the message. */
  public ExperimentDefinition {
    Values.id("experiment", experiment);
    Values.require(version >= 1, "version", "must be 1 or more, is " + version);
    Values.require(
        phase >= 1 && phase <= version, "phase", "must be from 1 to the version, is " + phase);
    Values.require(!owner.isBlank(), "owner", "says nobody");
    Values.time("effective_from", effectiveFrom);
    if (stop != NEVER) {
      Values.time("stop", stop);
      Values.require(stop > effectiveFrom, "stop", "must be after effective_from");
    }
    guardrails = List.copyOf(guardrails);
    Objects.requireNonNull(statistics, "statistics");
    Objects.requireNonNull(policy, "policy");
    List<String> metrics = design.metrics().stream().map(OutcomeMetric::name).toList();
    for (Guardrail guardrail : guardrails) {
      Values.require(
          metrics.contains(guardrail.metric()),
          "guardrails",
          "%s is no metric; there are: %s"
              .formatted(Values.quoted(guardrail.metric()), String.join(", ", metrics)));
    }
  }

  /** What tells versions of experiments apart: the key in the topic. */
  public String key() {
    return experiment + '/' + version;
  }

  /** Whether it acts on an event of that time, where no later version does. */
  public boolean actsAt(long eventTime) {
    return effectiveFrom <= eventTime && eventTime < stop;
  }

  /**
   * Whether what was measured under an earlier version must not be added to what is measured under
   * this one: another {@link Design} is another phase, and so is what acts when the earlier one has
   * stopped. Owner, times apart from that, guardrails, statistics and policy change nothing of what
   * is measured.
   */
  public boolean startsNewPhase(ExperimentDefinition earlier) {
    return !design.equals(earlier.design) || earlier.stop <= effectiveFrom;
  }

  /** Whether they say the same, but for version and phase. */
  public boolean saysTheSameAs(ExperimentDefinition other) {
    return other.numbered(version, phase).equals(this);
  }

  /** The same as the version after an earlier one, in its phase or in the next. */
  public ExperimentDefinition after(ExperimentDefinition earlier) {
    Values.require(
        experiment.equals(earlier.experiment),
        "experiment",
        "%s is not %s".formatted(experiment, earlier.experiment));
    return numbered(earlier.version + 1, earlier.phase + (startsNewPhase(earlier) ? 1 : 0));
  }

  private ExperimentDefinition numbered(int otherVersion, int otherPhase) {
    return new ExperimentDefinition(
        experiment,
        otherVersion,
        otherPhase,
        owner,
        effectiveFrom,
        stop,
        design,
        guardrails,
        statistics,
        policy);
  }
}
