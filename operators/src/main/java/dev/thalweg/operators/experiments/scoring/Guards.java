package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.statistics.Interval;
import java.util.Optional;

/** Whether variants keep within the guardrails, by intervals that hold at any time. */
final class Guards {
  private final PhaseScores scores;

  Guards(PhaseScores scores) {
    this.scores = scores;
  }

  /** Takes back a variant that has surely broken a guardrail. */
  Optional<Decision> broken() {
    for (Guardrail guardrail : scores.definition().guardrails()) {
      for (String variant : scores.others()) {
        Interval effect = effect(guardrail, variant);
        double tolerance = guardrail.tolerance();
        boolean isBroken = tolerance < 0 ? effect.high() < tolerance : effect.low() > tolerance;
        if (isBroken) {
          String reason =
              "%s of %s changed by %s to %s, and %s is tolerated"
                  .formatted(
                      guardrail.metric(),
                      variant,
                      Words.ofShare(effect.low()),
                      Words.ofShare(effect.high()),
                      Words.ofShare(tolerance));
          return Optional.of(new Decision(Verdict.ROLLBACK, variant, reason));
        }
      }
    }
    return Optional.empty();
  }

  /** The guardrail that a variant may still have broken. */
  Optional<Guardrail> atRisk(String variant) {
    return scores.definition().guardrails().stream()
        .filter(
            guardrail -> {
              Interval effect = effect(guardrail, variant);
              double tolerance = guardrail.tolerance();
              return !(tolerance < 0 ? effect.low() > tolerance : effect.high() < tolerance);
            })
        .findFirst();
  }

  private Interval effect(Guardrail guardrail, String variant) {
    return scores.relativeEffect(scores.metric(guardrail.metric()), variant);
  }
}
