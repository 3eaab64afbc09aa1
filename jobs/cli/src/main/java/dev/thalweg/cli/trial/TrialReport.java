package dev.thalweg.cli.trial;

import dev.thalweg.cli.RecordJson;
import dev.thalweg.cli.TextTable;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.PartitionCounts;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Shows what a trial showed. */
public final class TrialReport {
  private final TrialResult result;
  private final RecordJson json;

  /** A report. */
  public TrialReport(TrialResult result, RecordJson json) {
    this.result = result;
    this.json = json;
  }

  /** Prints it, as aligned tables or as CSV. */
  public void print(PrintStream out, boolean csv) {
    List<TextTable> tables = new ArrayList<>();
    tables.add(ledger());
    tables.add(byType());
    if (!result.refused().isEmpty()) {
      tables.add(causes());
      tables.add(refused());
    }
    for (int i = 0; i < tables.size(); i++) {
      if (i > 0) {
        out.println();
      }
      out.println(csv ? tables.get(i).csv() : tables.get(i).toString());
    }
    if (!result.samples().isEmpty()) {
      out.println();
      result.samples().forEach(sample -> out.println(json.read(sample)));
    }
  }

  private TextTable ledger() {
    TextTable table =
        numbers(TextTable.of("consumed", "accepted", "duplicate", "late", "dead_letter"), 0);
    PartitionCounts all =
        result.ledger().stream()
            .filter(LedgerEntry::isPartition)
            .map(LedgerEntry::counts)
            .reduce(PartitionCounts.ZERO, PartitionCounts::plus);
    return table.row(
        text(all.decided()),
        text(all.accepted()),
        text(all.duplicate()),
        text(all.late()),
        text(all.deadLetter()));
  }

  private TextTable byType() {
    TextTable table = numbers(TextTable.of("event_type", "accepted"), 1);
    result.acceptedByType().forEach((type, events) -> table.row(type, text(events)));
    return table;
  }

  private TextTable causes() {
    TextTable table = TextTable.of("failure", "stage", "event_type", "events").alignRight(3);
    result.ledger().stream()
        .filter(entry -> !entry.isPartition())
        .forEach(
            entry ->
                table.row(
                    entry.failure(),
                    entry.stage(),
                    entry.eventType(),
                    text(entry.counts().deadLetter())));
    return table;
  }

  private TextTable refused() {
    TextTable table = TextTable.of("line", "failure", "message").alignRight(0);
    result
        .refused()
        .forEach(letter -> table.row(text(letter.line()), letter.failure(), letter.message()));
    return table;
  }

  private static TextTable numbers(TextTable table, int from) {
    for (int column = from; column < table.columns(); column++) {
      table.alignRight(column);
    }
    return table;
  }

  private static String text(long number) {
    return Long.toString(number);
  }
}
