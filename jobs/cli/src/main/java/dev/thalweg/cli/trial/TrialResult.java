package dev.thalweg.cli.trial;

import dev.thalweg.operators.ledger.LedgerEntry;
import java.util.List;
import java.util.Map;

/**
 * What a trial showed.
 *
 * @param ledger what became of all records, and dead letters by cause
 * @param acceptedByType accepted events by event type
 * @param enriched accepted events that a profile was joined to
 * @param samples the first accepted events, as canonical records
 * @param refused the first dead letters
 * @param accepted all accepted events, as canonical records
 */
public record TrialResult(
    List<LedgerEntry> ledger,
    Map<String, Long> acceptedByType,
    long enriched,
    List<byte[]> samples,
    List<Refused> refused,
    RecordSpool accepted) {
  /** Takes copies. */
  public TrialResult {
    ledger = List.copyOf(ledger);
    samples = List.copyOf(samples);
    refused = List.copyOf(refused);
  }

  /**
   * A record that became a dead letter.
   *
   * @param line its line in the file
   * @param stage the step that refused it
   * @param failure why
   * @param message why, in words
   */
  public record Refused(long line, String stage, String failure, String message) {}
}
