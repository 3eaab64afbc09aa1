package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written in place of what PostgreSQL does not take. */
final class StorableTextTest {
  @Test
  void nulIsReplaced() {
    assertThat(StorableText.of("a\0b")).isEqualTo("a\uFFFDb");
    assertThat(StorableText.of("ab")).isEqualTo("ab");
    assertThat(StorableText.ofJson("{\"a\":\"\0\"}")).isEqualTo("{\"a\":\"\uFFFD\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "x\\u0000y, x\uFFFDy",
    "x\\\\u0000y, x\\\\u0000y",
    "x\\\\\\u0000y, x\\\\\uFFFDy",
    "\\u0000\\u0000, \uFFFD\uFFFD",
    "\\n\\u0001\\u0000, \\n\\u0001\uFFFD",
    "\\u000, \\u000",
    "\\u0000\\, \uFFFD\\"
  })
  void onlyWhatIsAnEscapeIsTakenForOne(String json, String stored) {
    assertThat(StorableText.ofJson(json)).isEqualTo(stored);
  }
}
