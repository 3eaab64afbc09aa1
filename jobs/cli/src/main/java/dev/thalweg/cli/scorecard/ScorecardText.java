package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.scorecard.PhaseNumbers.Decided;
import dev.thalweg.cli.scorecard.PhaseNumbers.Drop;
import dev.thalweg.cli.scorecard.PhaseNumbers.Health;
import dev.thalweg.cli.scorecard.PhaseNumbers.MetricScores;
import dev.thalweg.cli.scorecard.PhaseScorecard.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A scorecard in the terminal. */
public final class ScorecardText {
  /** How long a line is at most. */
  static final int WIDTH = 100;

  /** How much of a name is shown in a table. */
  static final int CHARACTERS = 20;

  private static final int INDENT = 2;
  private static final int LONGEST_REASON = 1000;
  private static final int MOST_DROPS = 8;
  private static final int MOST_DECISIONS = 12;

  private final PhaseScorecard card;
  private final PhaseWords words;
  private final Glyphs glyphs;
  private final List<String> lines = new ArrayList<>();

  private ScorecardText(PhaseScorecard card, Glyphs glyphs) {
    this.card = card;
    this.glyphs = glyphs;
    words = new PhaseWords(card);
  }

  /** Lines of at most 100 characters. */
  public static List<String> lines(PhaseScorecard card, Glyphs glyphs) {
    return new ScorecardText(card, glyphs).lines();
  }

  private List<String> lines() {
    say(DisplayText.cut(card.experiment(), CHARACTERS * 3) + " · " + words.identity(), 0);
    say(words.state(), 0);
    if (card.numbers().isEmpty()) {
      gap();
      say("No numbers yet: no exposure was counted.", 0);
    } else {
      decision();
    }
    units();
    card.numbers().health().ifPresent(this::health);
    drops();
    MetricText metrics = new MetricText(card, glyphs);
    for (MetricScores scores : card.metrics()) {
      gap();
      lines.addAll(metrics.lines(scores));
    }
    if (card.metrics().stream().anyMatch(scores -> !scores.compared().isEmpty())) {
      gap();
      lines.add(glyphs.legend());
      lines.add("pp: percentage points. one look: true only if nobody looked before.");
    }
    history();
    return lines.stream().map(glyphs::shown).toList();
  }

  private void say(String text, int indent) {
    lines.addAll(WrappedText.lines(text, WIDTH, indent));
  }

  private void gap() {
    lines.add("");
  }

  private void decision() {
    gap();
    List<Decided> decisions = card.numbers().decisions();
    if (decisions.isEmpty()) {
      say("DECISION: none yet", 0);
      return;
    }
    Decided latest = decisions.get(0);
    String acting = words.acting(latest);
    say(
        "DECISION: %s%s · since %s"
            .formatted(
                words.verdict(latest),
                acting.isEmpty() ? "" : ", " + acting,
                PhaseWords.time(latest.at())),
        INDENT);
    say("because " + DisplayText.cut(latest.reason(), LONGEST_REASON), INDENT);
  }

  private void units() {
    List<Arm> arms = card.arms();
    if (arms.isEmpty()) {
      return;
    }
    gap();
    long all = arms.stream().mapToLong(Arm::units).sum();
    FittedTable table =
        new FittedTable(1, List.of("variant", "weight", "units", "share", "promised"));
    for (Arm arm : arms) {
      table.row(
          List.of(
              DisplayText.cut(arm.name(), CHARACTERS),
              arm.weight().map(Object::toString).orElse(Amounts.NONE),
              DisplayNumber.of(arm.units()),
              DisplayNumber.share(arm.units(), all),
              arm.promised()
                  .map(units -> DisplayNumber.of(Math.round(units)))
                  .orElse(Amounts.NONE)));
    }
    lines.addAll(table.lines(WIDTH));
  }

  private void health(Health health) {
    gap();
    say("health: %s".formatted(PhaseWords.status(health)), INDENT);
    say("sample ratio: " + PhaseWords.sampleRatio(health), INDENT);
    say("left out: " + String.join(", ", PhaseWords.leftOut(health)), INDENT);
  }

  private void drops() {
    List<Drop> drops = card.numbers().drops();
    if (drops.isEmpty()) {
      return;
    }
    String refused =
        drops.stream().limit(MOST_DROPS).map(PhaseWords::drop).collect(Collectors.joining(", "));
    int more = drops.size() - MOST_DROPS;
    say(
        "refused exposures: " + refused + (more > 0 ? ", and " + more + " more kinds" : ""),
        INDENT);
  }

  private void history() {
    List<Decided> decisions = card.numbers().decisions();
    if (decisions.isEmpty()) {
      return;
    }
    gap();
    lines.add("decisions, the newest first");
    for (Decided decided : decisions.stream().limit(MOST_DECISIONS).toList()) {
      say(
          "%s: %s: %s"
              .formatted(
                  PhaseWords.time(decided.at()),
                  words.verdict(decided),
                  DisplayText.cut(decided.reason(), LONGEST_REASON)),
          INDENT);
    }
    long more = card.numbers().earlierDecisions() + Math.max(0, decisions.size() - MOST_DECISIONS);
    if (more > 0) {
      lines.add("and %s before".formatted(DisplayNumber.of(more)));
    }
  }
}
