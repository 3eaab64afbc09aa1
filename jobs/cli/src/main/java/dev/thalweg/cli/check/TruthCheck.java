package dev.thalweg.cli.check;

import dev.thalweg.cli.demo.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Compares what a job published with a stream whose truth is known. */
public final class TruthCheck {
  private final List<String> differences = new ArrayList<>();

  /**
   * Every difference, a line each; empty if there is none.
   *
   * @param truth what had to become of the records
   * @param ledger what the ledger says; it must have begun with the first of the records
   * @param canonical what was committed as canonical; no other events before or between
   */
  public static List<String> differences(Truth truth, LedgerView ledger, CanonicalScan canonical) {
    TruthCheck check = new TruthCheck();
    check.compareLedger(truth, ledger);
    check.compareCanonical(truth, canonical);
    return check.differences;
  }

  private void compareLedger(Truth truth, LedgerView ledger) {
    ledger
        .partitions()
        .forEach(
            (partition, row) ->
                compare("partition " + partition + " adds up", true, row.isBalanced()));
    LedgerRow total = ledger.total();
    compare("consumed", truth.consumed(), total.consumed());
    compare("accepted", truth.accepted(), total.accepted());
    compare("duplicate", truth.duplicate(), total.duplicate());
    compare("late", 0L, total.late());
    compare("dead letters", truth.deadLetter(), total.deadLetter());
    Map<String, Long> causes = new TreeMap<>();
    truth
        .deadLettersByFailure()
        .keySet()
        .forEach(
            failure ->
                truth
                    .deadLetters(failure)
                    .forEach((type, events) -> causes.put(failure.label() + "/" + type, events)));
    compare("dead letters by cause", causes, ledger.deadLetters());
  }

  private void compareCanonical(Truth truth, CanonicalScan canonical) {
    compare("unreadable canonical records", 0L, canonical.unreadable());
    compare("canonical events by type", truth.acceptedByType(), canonical.byType());
    compare("canonical event ids", truth.acceptedIds(), canonical.ids());
    compare("enriched events", truth.enriched(), canonical.enriched());
  }

  private void compare(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      differences.add(what + ": expected " + expected + ", found " + found);
    }
  }
}
