package dev.thalweg.schemas.lint;

/** Shortens what a file or a library says to one line that can be printed. */
final class OneLine {
  private static final int LONGEST = 200;

  private OneLine() {}

  /** The text without control characters, cut where it is long. */
  static String of(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
