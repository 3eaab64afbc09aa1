package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses values that cannot be meant by an {@link IllegalArgumentException}, with the key that is
 * wrong first in the message.
 */
public final class Values {
  private static final int LONGEST = 100;
  private static final Duration LONGEST_SPAN = Duration.ofDays(36_500);
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  /** Parts of keys of records and names of topics. */
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*([_-][a-z0-9]+)*");

  /** As event types, fields and metrics are called. */
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** Variants are called by whoever exposes them: GrowthBook calls them 0, 1 and so on. */
  private static final Pattern VARIANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private Values() {}

  static void require(boolean holds, String key, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(key + ": " + otherwise);
    }
  }

  /** A name that is part of keys of records and of topics. */
  public static void id(String key, String name) {
    matches(key, name, ID, "must be in kebab-case or snake_case, a letter first");
  }

  /** A name such as those of event types, fields and metrics. */
  public static void snakeCase(String key, String name) {
    matches(key, name, SNAKE_CASE, "must be in snake_case, a letter first");
  }

  static void variant(String key, String name) {
    matches(key, name, VARIANT, "must be letters, digits, '.', '_' and '-', no sign first");
  }

  private static void matches(String key, String name, Pattern pattern, String rule) {
    require(
        pattern.matcher(name).matches() && name.length() <= LONGEST,
        key,
        "%s %s, at most %d characters".formatted(quoted(name), rule, LONGEST));
  }

  /** The text in quotes, on one line whatever it holds. */
  static String quoted(String text) {
    return "'" + TextNode.valueOf(text).toString().replaceAll("^\"|\"$", "") + "'";
  }

  /** A time in whole milliseconds, none or more. */
  static void span(String key, Duration span) {
    require(
        !span.isNegative() && span.compareTo(LONGEST_SPAN) <= 0,
        key,
        "must be from 0s to 36500d, is " + span);
    require(span.toNanos() % 1_000_000 == 0, key, "must be whole milliseconds, is " + span);
  }

  static void positive(String key, Duration span) {
    span(key, span);
    require(!span.isZero(), key, "must be longer than 0s");
  }

  /** A time from 1970 to 9999, in milliseconds since 1970. */
  public static void time(String key, long millis) {
    require(
        millis >= 0 && millis <= LATEST.toEpochMilli(),
        key,
        "must be from 1970 to 9999, is " + Instant.ofEpochMilli(millis));
  }

  static void distinct(String key, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      require(names.indexOf(names.get(i)) == i, key, quoted(names.get(i)) + " stands twice");
    }
  }
}
