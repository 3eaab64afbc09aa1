package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.Times;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is known of a phase but its metrics, in words. */
final class PhaseWords {
  private static final int CHARACTERS = 40;
  private static final int LONGEST_STATUS = 300;
  private static final String BROKEN_RATIO = "sample_ratio_mismatch";
  private static final String NOT_TO_BE_BELIEVED =
      "the sample ratio is broken: believe none of these numbers";
  private static final Times TIMES = new Times(ZoneId.of("UTC"));

  private final PhaseScorecard card;

  PhaseWords(PhaseScorecard card) {
    this.card = card;
  }

  static String time(Instant time) {
    return TIMES.full(time) + " " + TIMES.zoneName();
  }

  /** Owner, phase and version; what is not known is left out. */
  String identity() {
    String phase = "phase " + card.phase();
    return card.definition()
        .map(
            definition ->
                "owner %s · %s · version %d"
                    .formatted(
                        DisplayText.cut(definition.owner(), CHARACTERS),
                        phase,
                        definition.version()))
        .orElse(phase);
  }

  /** Since when, and whether it runs still: by what was counted, whatever the clock says. */
  String state() {
    List<String> parts = new ArrayList<>();
    card.since().ifPresent(since -> parts.add("since " + time(since)));
    parts.add(running());
    card.asOf().ifPresent(newest -> parts.add("arrivals counted to " + time(newest)));
    return String.join(" · ", parts);
  }

  private String running() {
    if (card.next().isPresent()) {
      Instant from = Instant.ofEpochMilli(card.next().get().effectiveFrom());
      return "followed by phase %d from %s".formatted(card.next().get().phase(), time(from));
    }
    if (card.numbers().isEmpty()) {
      return "no numbers yet";
    }
    Optional<Instant> newest = card.asOf();
    return card.stop()
        .map(
            stop ->
                newest.filter(asOf -> !asOf.isBefore(stop)).isPresent()
                    ? "stopped on " + time(stop)
                    : "running, stops on " + time(stop))
        .orElse("running");
  }

  /** What is to be done. */
  String verdict(Decided decided) {
    String variant =
        decided.variant().map(name -> " " + DisplayText.cut(name, CHARACTERS)).orElse("");
    return switch (decided.verdict()) {
      case "continue" -> "continue";
      case "ship" -> "ship" + variant;
      case "rollback" -> "roll back" + variant;
      case "review" -> "review: a person must look";
      default -> DisplayText.cut(decided.verdict(), CHARACTERS) + variant;
    };
  }

  /** Who acts on a decision; empty where nobody has to, or it is not known. */
  String acting(Decided decided) {
    return card.definition()
        .flatMap(definition -> acting(decided.verdict(), definition.policy()))
        .map(acting -> acting == Acting.AUTOMATIC ? "done automatically" : "left to the owner")
        .orElse("");
  }

  private static Optional<Acting> acting(String verdict, DecisionPolicy policy) {
    return switch (verdict) {
      case "ship" -> Optional.of(policy.ship());
      case "rollback" -> Optional.of(policy.rollback());
      default -> Optional.empty();
    };
  }

  static String status(Health health) {
    return switch (health.status()) {
      case "ok" -> "ok";
      case BROKEN_RATIO -> NOT_TO_BE_BELIEVED;
      case "one_variant" -> "all units get one variant: there is nothing to compare";
      case "no_units" -> "no units yet";
      case "crossover" -> "more than 1 % of the units were seen in several variants";
      case "units_without_weight" -> "more than 1 % of the units got a variant of weight 0";
      default -> otherStatus(health.status());
    };
  }

  /** A broken sample ratio whose likely cause is known is told with it. */
  private static String otherStatus(String status) {
    String shown = DisplayText.cut(status, LONGEST_STATUS);
    return shown.startsWith(BROKEN_RATIO + ": ")
        ? NOT_TO_BE_BELIEVED + "; " + shown.substring(BROKEN_RATIO.length() + 2)
        : shown;
  }

  static String sampleRatio(Health health) {
    return "%s at any look, %s as one look; below %s it is broken"
        .formatted(
            Amounts.saidP(known(health.sequentialSampleRatio())),
            Amounts.saidP(known(health.sampleRatio())),
            SampleRatio.ALERT);
  }

  static String p(OptionalDouble p) {
    return Amounts.p(known(p));
  }

  private static Double known(OptionalDouble number) {
    return number.isPresent() ? (Double) number.getAsDouble() : null;
  }

  /** What the numbers leave out, each with its count. */
  static List<String> leftOut(Health health) {
    return List.of(
        counted(health.inSeveralVariants(), "unit", "seen in several variants"),
        counted(health.invalidExposures(), "exposure", "not valid"),
        counted(health.outcomesBefore(), "outcome", "before the exposure"),
        counted(health.neverExposed(), "unit", "with outcomes and never exposed"));
  }

  private static String counted(long count, String noun, String rest) {
    return "%s %s%s %s".formatted(DisplayNumber.of(count), noun, count == 1 ? "" : "s", rest);
  }

  static String drop(Drop drop) {
    return "%s %s %s"
        .formatted(
            DisplayText.cut(drop.variant(), CHARACTERS),
            DisplayNumber.of(drop.events()),
            DisplayText.cut(drop.failure(), CHARACTERS));
  }
}
