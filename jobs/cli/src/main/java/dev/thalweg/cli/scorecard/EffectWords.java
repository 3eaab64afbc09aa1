package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.statistics.ScorecardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of a metric, in sentences. */
final class EffectWords {
  private static final int CHARACTERS = 40;

  private final PhaseScorecard card;
  private final MetricScores scores;
  private final Amounts amounts;

  EffectWords(PhaseScorecard card, MetricScores scores) {
    this.card = card;
    this.scores = scores;
    amounts = new Amounts(card.isConversion(scores));
  }

  /** One or two for each variant that is compared, and one for each guardrail of it. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (ScorecardRow row : scores.compared()) {
      sentences.add(compared(row));
      words(row).ifPresent(sentences::add);
      card.guardrails(scores.metric()).forEach(each -> sentences.add(kept(each, row)));
    }
    if (sentences.isEmpty()) {
      sentences.add("There is nothing to compare yet.");
    }
    return sentences;
  }

  /** Whether a difference holds however often one looks, with all variants counted. */
  boolean isSure(ScorecardRow row) {
    return row.pValueHolm() != null && row.pValueHolm() < card.alpha();
  }

  /** Whether a variant has surely done what a guardrail forbids. */
  boolean isBroken(ScorecardRow row) {
    return card.guardrails(scores.metric()).stream()
        .anyMatch(guardrail -> relative(row).filter(range -> breaks(guardrail, range)).isPresent());
  }

  Optional<EffectRange> relative(ScorecardRow row) {
    return scores.baseline().flatMap(baseline -> EffectRange.relative(baseline, row));
  }

  private String compared(ScorecardRow row) {
    Optional<EffectRange> absolute = EffectRange.absolute(row);
    if (absolute.isEmpty() || row.pValueHolm() == null) {
      return "%s: no comparison yet.".formatted(variant(row));
    }
    Optional<EffectRange> relative =
        relative(row).filter(range -> range.excludesZero() || !isSure(row));
    return isSure(row)
        ? sure(row, absolute.get(), relative)
        : unsure(row, absolute.get(), relative);
  }

  private String sure(ScorecardRow row, EffectRange absolute, Optional<EffectRange> relative) {
    boolean isMore = absolute.estimate() > 0;
    String size =
        relative
            .map(range -> Amounts.percentSize(range.estimate()))
            .orElseGet(() -> amounts.size(absolute.estimate()));
    String what =
        amounts.isConversion()
            ? "%s converts %s %s".formatted(variant(row), size, isMore ? "more" : "less")
            : "%s of %s is %s %s"
                .formatted(metric(), variant(row), size, isMore ? "higher" : "lower");
    return "%s (from %s), which is sure at any look: %s."
        .formatted(what, range(absolute, relative), said(row));
  }

  private String unsure(ScorecardRow row, EffectRange absolute, Optional<EffectRange> relative) {
    String estimate =
        relative
            .map(range -> Amounts.percent(range.estimate()))
            .orElseGet(() -> amounts.change(absolute.estimate()));
    return "%s: no difference is sure yet (%s, from %s; %s)."
        .formatted(variant(row), estimate, range(absolute, relative), said(row));
  }

  private String range(EffectRange absolute, Optional<EffectRange> relative) {
    return relative
        .map(range -> Amounts.percent(range.low()) + " to " + Amounts.percent(range.high()))
        .orElseGet(() -> amounts.range(absolute.low(), absolute.high()));
  }

  private String said(ScorecardRow row) {
    String p = Amounts.saidP(row.pValueHolm());
    return scores.compared().size() > 1 ? p + " by Holm" : p;
  }

  private String kept(Guardrail guardrail, ScorecardRow row) {
    String rule =
        "Guardrail: %s may %s by %s. "
            .formatted(
                metric(),
                guardrail.tolerance() < 0 ? "fall" : "rise",
                Amounts.percentSize(guardrail.tolerance()));
    Optional<EffectRange> range = relative(row);
    if (range.isEmpty()) {
      return rule + "Whether %s keeps it is not known yet.".formatted(variant(row));
    }
    if (breaks(guardrail, range.get())) {
      return rule + "%s surely breaks it.".formatted(variant(row));
    }
    return range.get().contains(guardrail.tolerance())
        ? rule + "%s may break it still.".formatted(variant(row))
        : rule + "%s surely keeps it.".formatted(variant(row));
  }

  private static boolean breaks(Guardrail guardrail, EffectRange range) {
    double tolerance = guardrail.tolerance();
    return tolerance < 0 ? range.high() < tolerance : range.low() > tolerance;
  }

  private Optional<String> words(ScorecardRow row) {
    return Optional.ofNullable(row.note())
        .map(
            notes ->
                "%s: %s."
                    .formatted(
                        variant(row),
                        Stream.of(notes.split(", ", -1))
                            .map(EffectWords::note)
                            .collect(Collectors.joining("; "))));
  }

  private static String note(String note) {
    return switch (note) {
      case ScorecardRow.INSUFFICIENT_DATA ->
          "not enough data: it or the baseline has fewer than two units, or all have the same"
              + " outcome";
      case ScorecardRow.OUT_OF_RANGE -> "an outcome is no number, or too large to be added";
      case ScorecardRow.BASELINE_MEAN_ZERO ->
          "the baseline's mean is 0, of which nothing is a share";
      case ScorecardRow.CUPED_UNAVAILABLE ->
          "no adjustment by the time before exposure, where outcomes do not vary";
      default -> DisplayText.cut(note, CHARACTERS);
    };
  }

  private String metric() {
    return DisplayText.cut(scores.metric(), CHARACTERS);
  }

  private static String variant(ScorecardRow row) {
    return DisplayText.cut(row.variant(), CHARACTERS);
  }
}
