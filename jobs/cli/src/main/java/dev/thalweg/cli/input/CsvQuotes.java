package dev.thalweg.cli.input;

/** Follows the quotes of a CSV record, to know whether a line end belongs to a value. */
final class CsvQuotes {

  private boolean open;

  void reset() {
    open = false;
  }

  /** Whether the record goes on after the line last read. */
  boolean open() {
    return open;
  }

  /** Reads one line of the record. A quote opens a value at its beginning only. */
  void read(byte[] line) {
    boolean valueBegins = !open;
    for (byte b : line) {
      if (b == '"' && (open || valueBegins)) {
        // A doubled quote closes and opens again, which comes to the same.
        valueBegins = open;
        open = !open;
      } else if (!open) {
        valueBegins = b == ',';
      }
    }
  }
}
