package dev.thalweg.jobs.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** Turns the text of a setting into a value of its option's type, or says what is allowed. */
final class TypedValues {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Pattern BARE_NUMBER = Pattern.compile("-?\\d+");
  private static final Pattern BINARY_UNIT = Pattern.compile("(?i)([kmgt])ib$");

  private TypedValues() {}

  /**
   * The value.
   *
   * @throws IllegalArgumentException whose message says what is allowed
   */
  static <T> T parse(ConfigOption<T> option, String text) {
    String stripped = text.strip();
    Object kind = option.hasDefaultValue() ? option.defaultValue() : "";
    if (kind instanceof Duration) {
      @SuppressWarnings("unchecked") // the default is of the option's type
      T duration = (T) duration(stripped);
      return duration;
    }
    // Flink knows constants by their names only; in files they are in kebab-case.
    String plain =
        kind instanceof Enum<?> ? stripped.replace('-', '_') : withFlinksUnit(kind, stripped);
    try {
      return Configuration.fromMap(Map.of(option.key(), plain)).get(option);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("use " + allowed(kind), e);
    }
  }

  /**
   * A duration with its unit.
   *
   * @throws IllegalArgumentException whose message says what is allowed
   */
  static Duration duration(String text) {
    String stripped = text.strip();
    if (BARE_NUMBER.matcher(stripped).matches()) {
      throw new IllegalArgumentException("say the unit: " + allowed(Duration.ZERO));
    }
    Duration value;
    try {
      value = TimeUtils.parseDuration(stripped);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("use " + allowed(Duration.ZERO), e);
    }
    if (value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("must be at most 36500d");
    }
    return value;
  }

  private static String withFlinksUnit(Object kind, String text) {
    return kind instanceof MemorySize ? BINARY_UNIT.matcher(text).replaceFirst("$1b") : text;
  }

  /** What is allowed, by the type of the default. */
  static String allowed(Object kind) {
    if (kind instanceof Duration) {
      return "a duration such as 500ms, 30s, 15min or 24h";
    }
    if (kind instanceof MemorySize) {
      return "a size such as 512kb or 1mb";
    }
    if (kind instanceof Boolean) {
      return "true or false";
    }
    if (kind instanceof Long || kind instanceof Integer) {
      return "a whole number";
    }
    if (kind instanceof Enum<?> constant) {
      return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
          .map(TypedValues::label)
          .collect(Collectors.joining(" or "));
    }
    return "text";
  }

  /** An enum's constant as it stands in a file. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
