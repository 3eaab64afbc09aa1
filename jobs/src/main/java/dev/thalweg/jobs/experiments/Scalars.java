package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.experiments.definition.Values;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;

/** Scalars as they stand in files. */
final class Scalars {
  private static final String KEY = "value";

  private Scalars() {}

  static Integer small(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a whole number up to " + Integer.MAX_VALUE, e);
    }
  }

  static Long whole(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' must be a whole number", e);
    }
  }

  static Double real(String text) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("'" + text + "' must be a number");
    }
    return number;
  }

  static Long time(String text) {
    try {
      long millis = Instant.parse(text).toEpochMilli();
      return checked(millis, value -> Values.time(KEY, value));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "'" + text + "' must be a time such as 2026-03-02T00:00:00Z", e);
    }
  }

  static String id(String text) {
    return checked(text, value -> Values.id(KEY, value));
  }

  static String owner(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("says nobody");
    }
    return text;
  }

  /** Here a refusal is told without the key, which the map knows. */
  private static <T> T checked(T value, Consumer<T> check) {
    try {
      check.accept(value);
      return value;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage().substring(KEY.length() + 2), e);
    }
  }
}
