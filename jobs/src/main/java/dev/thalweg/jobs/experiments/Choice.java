package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.EditDistance;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One of a few words. */
final class Choice {
  private Choice() {}

  /**
   * The constant of that name, written small.
   *
   * @throws IllegalArgumentException whose message says what is allowed
   */
  static <T extends Enum<T>> T of(Class<T> type, String text) {
    List<String> words =
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    return Enum.valueOf(type, checked(words, text).toUpperCase(Locale.ROOT));
  }

  /** The text, if it is one of the words. */
  static String checked(List<String> words, String text) {
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' must be one of %s%s"
              .formatted(text, String.join(", ", words), EditDistance.suggestion(text, words)));
    }
    return text;
  }
}
