package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.RampStep;
import dev.thalweg.operators.experiments.definition.Variant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where an experiment is on the ramp of its policy, by the share of weights that is not the
 * baseline's. It stands on the last step whose share is reached; the step is held before the next,
 * and the last one before anything is shipped.
 */
final class Ramp {
  private static final int PERCENT = 100;

  private final List<RampStep> steps;
  private final double share;

  Ramp(ExperimentDefinition definition) {
    steps = definition.policy().ramp();
    List<Variant> variants = definition.design().allocation().variants();
    String baseline = definition.design().allocation().baseline();
    long total = variants.stream().mapToLong(Variant::weight).sum();
    long others =
        variants.stream()
            .filter(variant -> !variant.name().equals(baseline))
            .mapToLong(Variant::weight)
            .sum();
    share = (double) (PERCENT * others) / total;
  }

  /** Whether there is no step that is to be taken or held any more. */
  boolean isOver(Duration elapsed) {
    return next().isEmpty() && !isHeld(elapsed);
  }

  private Optional<RampStep> next() {
    return steps.stream().filter(step -> step.share() > share).findFirst();
  }

  /** Before the first step nothing is held. */
  private Duration hold() {
    return steps.stream()
        .filter(step -> step.share() <= share)
        .reduce((earlier, later) -> later)
        .map(RampStep::hold)
        .orElse(Duration.ZERO);
  }

  private boolean isHeld(Duration elapsed) {
    return elapsed.compareTo(hold()) < 0;
  }

  /**
   * Holds the step, or takes the next.
   *
   * @param elapsed since the first exposure of the phase; not so much that the ramp is over
   */
  Decision decide(Duration elapsed) {
    String now = "ramp: " + Words.ofPercent(share);
    if (isHeld(elapsed)) {
      String reason = "%s for %s of %s".formatted(now, Words.of(elapsed), Words.of(hold()));
      return Decision.goOn("the ramp", reason);
    }
    int to = next().orElseThrow().share();
    String reason = "%s -> %s after %s".formatted(now, Words.ofPercent(to), Words.of(elapsed));
    return Decision.ramp(to, reason);
  }
}
