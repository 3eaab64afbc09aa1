package dev.thalweg.cli.mapping;

/** The formats of input files. */
public enum Format {
  /** Comma-separated values after RFC 4180, with a header line, in UTF-8. */
  CSV,
  /** One JSON object a line. */
  NDJSON;

  static Format of(String text) {
    return switch (text) {
      case "csv" -> CSV;
      case "ndjson" -> NDJSON;
      default -> throw new IllegalArgumentException("'" + text + "' must be csv or ndjson");
    };
  }
}
