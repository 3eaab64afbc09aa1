package dev.thalweg.jobs.config;

import java.util.Collection;
import java.util.Comparator;

/** How many single-character edits lie between two texts (Levenshtein, 1965). */
public final class EditDistance {
  private static final int NEAR = 3;

  private EditDistance() {}

  /** Which of those may have been meant, as the end of a message; empty if none is near. */
  public static String suggestion(String text, Collection<String> known) {
    return known.stream()
        .filter(candidate -> of(text, candidate) <= Math.min(NEAR, text.length() / 2 + 1))
        .min(Comparator.comparingInt(candidate -> of(text, candidate)))
        .map(candidate -> "; did you mean " + candidate + "?")
        .orElse("");
  }

  static int of(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
