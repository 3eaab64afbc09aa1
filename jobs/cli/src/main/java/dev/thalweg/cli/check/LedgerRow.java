package dev.thalweg.cli.check;

/**
 * Counts of the ledger, of one partition or of several together.
 *
 * @param consumed records read
 * @param accepted records that went on as events
 * @param duplicate records dropped as duplicates
 * @param late records dropped as late
 * @param deadLetter records that became dead letters
 */
public record LedgerRow(long consumed, long accepted, long duplicate, long late, long deadLetter) {
  /** Nothing counted. */
  public static final LedgerRow ZERO = new LedgerRow(0, 0, 0, 0, 0);

  /** The sum of both. */
  public LedgerRow plus(LedgerRow other) {
    return new LedgerRow(
        consumed + other.consumed,
        accepted + other.accepted,
        duplicate + other.duplicate,
        late + other.late,
        deadLetter + other.deadLetter);
  }

  /** What came since. */
  public LedgerRow minus(LedgerRow before) {
    return new LedgerRow(
        consumed - before.consumed,
        accepted - before.accepted,
        duplicate - before.duplicate,
        late - before.late,
        deadLetter - before.deadLetter);
  }

  /** Whether every record read is in exactly one of the other counts. */
  public boolean isBalanced() {
    return consumed == accepted + duplicate + late + deadLetter;
  }
}
