package dev.thalweg.cli.report.chart;

/** Text from events as a reader may see it: short, on one line, in the order it was written. */
public final class DisplayText {
  private static final String ELLIPSIS = "…";

  private DisplayText() {}

  /** At most so many characters, the last of them an ellipsis if there were more. */
  public static String cut(String text, int most) {
    String start = text.length() > 4L * most ? text.substring(0, 4 * most) : text;
    String visible = visible(start);
    if (visible.codePointCount(0, visible.length()) <= most && start.length() == text.length()) {
      return visible;
    }
    int kept = Math.min(most - 1, visible.codePointCount(0, visible.length()));
    return visible.substring(0, visible.offsetByCodePoints(0, kept)) + ELLIPSIS;
  }

  /** The same with what controls a screen or the direction of text written out. */
  public static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (isControl(character)) {
                visible.append(String.format("\\u%04x", character));
              } else {
                visible.appendCodePoint(character);
              }
            });
    return visible.toString();
  }

  /** About how wide the text is in the charts' font, in pixels. */
  public static double width(String text) {
    return text.codePoints().mapToDouble(character -> character < 0x2E80 ? 6.8 : 13).sum();
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character)
        || character == 0x061C
        || character == 0x200E
        || character == 0x200F
        || character >= 0x2028 && character <= 0x202E
        || character >= 0x2066 && character <= 0x2069
        || character >= 0xD800 && character <= 0xDFFF
        || character == 0xFEFF;
  }
}
