package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.jobs.kafka.PublishedVersions;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is to be published of a definition.
 *
 * @param definition with its version and phase
 * @param isNew whether it is; else it was published already
 */
record NextVersion(ExperimentDefinition definition, boolean isNew) {

  /**
   * The version after the newest one, or that one where it says the same.
   *
   * @throws CommandFailure where it cannot follow what was published
   */
  static NextVersion of(ExperimentDefinition wanted, PublishedVersions published) {
    List<String> faults = published.faults(wanted.experiment());
    if (!faults.isEmpty()) {
      throw CommandFailure.failed(
          "the topic of definitions was written past apply: " + String.join("; ", faults));
    }
    Optional<ExperimentDefinition> newest = published.newest(wanted.experiment());
    return newest
        .map(earlier -> following(wanted, earlier))
        .orElseGet(() -> new NextVersion(wanted, true));
  }

  private static NextVersion following(ExperimentDefinition wanted, ExperimentDefinition earlier) {
    if (wanted.saysTheSameAs(earlier)) {
      return new NextVersion(earlier, false);
    }
    if (wanted.effectiveFrom() < earlier.effectiveFrom()) {
      throw CommandFailure.wrongInput(
          "effective_from: %s lies before that of version %d, which is %s"
              .formatted(
                  Instant.ofEpochMilli(wanted.effectiveFrom()),
                  earlier.version(),
                  Instant.ofEpochMilli(earlier.effectiveFrom())));
    }
    if (wanted.effectiveFrom() == earlier.effectiveFrom() && wanted.startsNewPhase(earlier)) {
      throw CommandFailure.wrongInput(
          "effective_from: %s is that of version %d, and this edit begins a new phase, analysed apart: set the later time from which on it acts"
              .formatted(Instant.ofEpochMilli(wanted.effectiveFrom()), earlier.version()));
    }
    return new NextVersion(wanted.after(earlier), true);
  }
}
