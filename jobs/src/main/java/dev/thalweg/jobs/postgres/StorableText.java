package dev.thalweg.jobs.postgres;

/**
 * Text as PostgreSQL takes it: it has no place for the character NUL, which events may hold. The
 * replacement character stands for it, or a row would fail the job at each attempt, for ever.
 */
final class StorableText {
  private static final String NUL_ESCAPE = "u0000";

  private StorableText() {}

  /** Plain text. */
  static String of(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }

  /** The text of a JSON value. */
  static String ofJson(String json) {
    if (json.indexOf('\0') < 0 && !json.contains("\\" + NUL_ESCAPE)) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        out.append(c == '\0' ? '\uFFFD' : c);
      } else if (json.startsWith(NUL_ESCAPE, i + 1)) {
        out.append('\uFFFD');
        i += NUL_ESCAPE.length();
      } else {
        // Whatever is escaped is no beginning of an escape itself.
        out.append(c).append(json, i + 1, Math.min(i + 2, json.length()));
        i++;
      }
    }
    return out.toString();
  }
}
