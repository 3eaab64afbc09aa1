package dev.thalweg.operators.experiments.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SemanticVersionTest {
  /** In the order of semver.org, chapter 11. */
  private static final List<String> ASCENDING =
      List.of(
          "0.9.9",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.2.0",
          "1.10.0",
          "2.0.0",
          "2.0.99999999999999999999",
          "10");

  private static Object compared(Object... values) {
    return SemanticVersion.compared(Arrays.asList(values));
  }

  @Test
  void ordersAsSemverDoes() {
    for (int i = 0; i < ASCENDING.size(); i++) {
      for (int j = 0; j < ASCENDING.size(); j++) {
        String left = ASCENDING.get(i);
        String right = ASCENDING.get(j);
        String pair = left + " " + right;
        assertThat(compared(left, "<", right)).as(pair).isEqualTo(i < j);
        assertThat(compared(left, "<=", right)).as(pair).isEqualTo(i <= j);
        assertThat(compared(left, "=", right)).as(pair).isEqualTo(i == j);
        assertThat(compared(left, "!=", right)).as(pair).isEqualTo(i != j);
        assertThat(compared(left, ">=", right)).as(pair).isEqualTo(i >= j);
        assertThat(compared(left, ">", right)).as(pair).isEqualTo(i > j);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.5.0, ^, 1.2.0, true",
    "1.1.0, ^, 1.2.0, true",
    "2.0.0, ^, 1.0.0, false",
    "1.2.9, ~, 1.2.0, true",
    "1.3.0, ~, 1.2.0, false",
    "2.2.0, ~, 1.2.0, false",
    "1.0.0+a, =, 1.0.0+b, true"
  })
  void matchesMajorAndMinor(String left, String operator, String right, boolean expected) {
    assertThat(compared(left, operator, right)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "v",
        "1.",
        "1.2.3.4",
        "01.0.0",
        "1.02",
        "1.0-alpha",
        "1.0.0-",
        "1.0.0-01",
        "1.0.0+",
        " 1.0.0",
        "-1",
        "1.0.0-a..b",
        "vv1.0.0"
      })
  void isNullForWhatIsNoVersion(String version) {
    assertThat(compared(version, "=", version)).isNull();
    assertThat(compared("1.0.0", "=", version)).isNull();
  }

  @Test
  void isNullForOtherArguments() {
    assertThat(compared("1.0.0", "==", "1.0.0")).isNull();
    assertThat(compared("1.0.0", 1, "1.0.0")).isNull();
    assertThat(compared(true, "=", "1.0.0")).isNull();
    assertThat(compared(null, "=", "1.0.0")).isNull();
    assertThat(compared("1.0.0", "=")).isNull();
  }
}
