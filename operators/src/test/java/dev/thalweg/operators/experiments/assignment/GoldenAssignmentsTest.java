package dev.thalweg.operators.experiments.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Assignments that must never change: a running experiment depends on them. Computed by a program
 * in another language.
 */
final class GoldenAssignmentsTest {
  private static final Weights THREE = Weights.of(50, 30, 20);

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2",
    "2, 0, 2, 2",
    "user-1, 0, 1, 2",
    "user-2, 0, 1, 0",
    "user-3, 0, 0, 1",
    "773192, 0, 2, 1",
    "user@example.com, 0, 1, 2",
    "9b2f7c1e-0c52-4d0e-8a43-0f6f2d3f6d11, 0, 0, 0",
    "Świętopełk, 1, 2, 2",
    "日本語, 2, 0, 1",
    "😀, 0, 0, 2",
    "a b, 0, 1, 0",
    "null, 1, 1, 1",
    "0, 1, 1, 1",
    "u, 1, 2, 0",
    "ﬀ, 2, 2, 0"
  })
  void stayAsTheyAre(String unit, int flagd, int growthBook1, int growthBook2) {
    assertThat(Bucketing.FLAGD_FRACTIONAL_V2.assignment("checkout-1", THREE).arm(unit))
        .isEqualTo(flagd);
    assertThat(Bucketing.GROWTHBOOK_V1.assignment("checkout-1", THREE).arm(unit))
        .isEqualTo(growthBook1);
    assertThat(Bucketing.GROWTHBOOK_V2.assignment("checkout-1", THREE).arm(unit))
        .isEqualTo(growthBook2);
  }
}
