package dev.thalweg.cli.input;

/** What the lines of an input file became so far. */
public final class InputCounts {

  private long rows;
  private long records;
  private long unparsed;
  private long withoutRecord;
  private long firstUnparsed;
  private long tooLong;
  private long firstTooLong;

  void row(int itsRecords) {
    rows++;
    records += itsRecords;
    if (itsRecords == 0) {
      withoutRecord++;
    }
  }

  void unparsed(long line) {
    rows++;
    if (unparsed++ == 0) {
      firstUnparsed = line;
    }
  }

  void tooLong(long line) {
    rows++;
    if (tooLong++ == 0) {
      firstTooLong = line;
    }
  }

  /** Rows (or lines) read. */
  public long rows() {
    return rows;
  }

  /** Events or profiles made of them. */
  public long records() {
    return records;
  }

  /** Rows that could not be parsed. */
  public long unparsed() {
    return unparsed;
  }

  /** Number of the first line that could not be parsed, 0 if there is none. */
  public long firstUnparsed() {
    return firstUnparsed;
  }

  /** Rows that were parsed and for which no event's condition holds. */
  public long withoutRecord() {
    return withoutRecord;
  }

  /** Lines that are longer than anything that can be sent, and were not. */
  public long tooLong() {
    return tooLong;
  }

  /** Number of the first of them, 0 if there is none. */
  public long firstTooLong() {
    return firstTooLong;
  }
}
