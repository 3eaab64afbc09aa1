package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import java.time.Duration;
import java.util.Optional;

/** What is found out when a minute of a phase has closed. */
final class ClosedMinute {
  private static final long MINUTE_MILLIS = 60_000;

  private ClosedMinute() {}

  /**
   * Decides by the closed minutes, and keeps in the book what was found. A decision that stands is
   * told again by each version that comes to act, and as soon as it may make the next version; none
   * makes two.
   *
   * @param acting the version that decides at the end of the minute
   * @param isNewest whether no later version is known: only then may the decision make the next one
   * @return the decision if it is news
   */
  static Optional<Decided> decide(PhaseBook book, ExperimentDefinition acting, boolean isNewest) {
    PhaseScores scores = new PhaseScores(acting, book.closed());
    book.sampleRatio(scores.sequentialSampleRatio(book.sampleRatio()));
    Decision decision =
        new DecisionRule(scores, book.drops())
            .decide(book.sampleRatio(), Duration.ofMinutes(book.minutesOfUnits()));
    long decidedAt = (book.closedMinute() + 1) * MINUTE_MILLIS;
    ToldDecision told = book.told();
    Optional<String> promotion =
        isNewest && !told.isPromoted(acting)
            ? Promotion.of(acting, decision, Math.max(decidedAt, book.countedUntil()))
                .map(DefinitionJson::write)
            : Optional.empty();
    if (promotion.isEmpty() && !told.differs(decision, acting)) {
      return Optional.empty();
    }
    book.told(told.then(decision, acting, promotion.isPresent()));
    PhaseShape shape = book.shape();
    return Optional.of(
        new Decided(
            shape.experiment(),
            shape.phase(),
            decidedAt,
            decision,
            Evidence.of(scores, book.sampleRatio()),
            promotion.orElse(null)));
  }
}
