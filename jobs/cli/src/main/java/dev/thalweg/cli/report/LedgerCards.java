package dev.thalweg.cli.report;

import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.report.ViewsSnapshot.JobLedger;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;

/** What became of the records of each job: an equation that must hold, and a bar of its parts. */
final class LedgerCards {
  private final Times times;

  LedgerCards(Times times) {
    this.times = times;
  }

  Markup markup(JobLedger ledger) {
    LedgerRow counts = ledger.counts();
    Markup card =
        new Markup()
            .open("article", "class", "card half ledger")
            .open("h3")
            .element("bdi", DisplayText.cut(ledger.job(), 40))
            .element(
                "span",
                ledger.balanced() ? "✓ adds up" : "✗ does not add up",
                "class",
                ledger.balanced() ? "good" : "bad")
            .close()
            .element("p", about(ledger))
            .open("div", "class", "sum");
    term(card, "", counts.consumed(), "consumed", "all");
    term(card, "=", counts.accepted(), "accepted", "accepted");
    term(card, "+", counts.duplicate(), "duplicate", "duplicate");
    term(card, "+", counts.late(), "late", "late");
    term(card, "+", counts.deadLetter(), "dead letters", "dead");
    return card.close().add(parts(counts)).close();
  }

  private String about(JobLedger ledger) {
    String partitions = ledger.partitions() == 1 ? " partition" : " partitions";
    String from =
        "from " + DisplayText.cut(ledger.topic(), 60) + ", " + ledger.partitions() + partitions;
    return ledger.asOf().map(time -> from + " · arrivals to " + times.full(time)).orElse(from);
  }

  private static void term(Markup card, String sign, long count, String name, String style) {
    card.open("div", "class", "term " + style)
        .element("b", DisplayNumber.of(count), "data-sign", sign.isEmpty() ? null : sign)
        .element("span", name)
        .close();
  }

  private static Markup parts(LedgerRow counts) {
    Markup bar = new Markup().open("div", "class", "parts", "aria-hidden", "true");
    part(bar, "accepted", counts.accepted());
    part(bar, "duplicate", counts.duplicate());
    part(bar, "late", counts.late());
    part(bar, "dead", counts.deadLetter());
    return bar.close();
  }

  private static void part(Markup bar, String style, long count) {
    if (count > 0) {
      bar.element("i", "", "class", style, "style", "flex-grow:" + count);
    }
  }
}
