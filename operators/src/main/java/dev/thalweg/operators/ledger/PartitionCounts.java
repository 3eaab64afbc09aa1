package dev.thalweg.operators.ledger;

/**
 * What became of the records of one partition; immutable and addable.
 *
 * @param consumed records read
 * @param accepted records that went on as events
 * @param duplicate records dropped as duplicates
 * @param late records dropped as late
 * @param deadLetter records that became dead letters
 * @param waiting records that wait in state, their fate not yet decided
 * @param asOf highest arrival counted, epoch milliseconds
 */
public record PartitionCounts(
    long consumed,
    long accepted,
    long duplicate,
    long late,
    long deadLetter,
    long waiting,
    long asOf) {
  /** Nothing counted. */
  public static final PartitionCounts ZERO = new PartitionCounts(0, 0, 0, 0, 0, 0, Long.MIN_VALUE);

  /** The sum of both; the later arrival. */
  public PartitionCounts plus(PartitionCounts other) {
    return new PartitionCounts(
        consumed + other.consumed,
        accepted + other.accepted,
        duplicate + other.duplicate,
        late + other.late,
        deadLetter + other.deadLetter,
        waiting + other.waiting,
        Math.max(asOf, other.asOf));
  }

  /** Records whose fate is decided: those consumed, without those that wait. */
  public long decided() {
    return consumed - waiting;
  }

  /** Whether every decided record is in exactly one of the other counts. */
  public boolean isBalanced() {
    return decided() == accepted + duplicate + late + deadLetter;
  }
}
