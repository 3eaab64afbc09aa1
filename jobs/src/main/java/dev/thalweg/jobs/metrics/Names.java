package dev.thalweg.jobs.metrics;

import java.util.regex.Pattern;

/** The names of what is declared; they are parts of keys in views. */
final class Names {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final int LONGEST = 100;

  private Names() {}

  static String check(String name) {
    if (!SNAKE_CASE.matcher(name).matches() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          "'%s' must be in snake_case, a letter first, at most %d characters"
              .formatted(name, LONGEST));
    }
    return name;
  }
}
