package dev.thalweg.operators.experiments.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Outcomes outside the bounds count as the bound. */
final class WinsorizationTest {
  @Test
  void keepsOutcomesWithinTheBounds() {
    Winsorization bounds = new Winsorization(-1, 5);
    assertThat(bounds.apply(-2)).isEqualTo(-1);
    assertThat(bounds.apply(3)).isEqualTo(3);
    assertThat(bounds.apply(6)).isEqualTo(5);
    assertThat(bounds.apply(Double.NaN)).isNaN();
    assertThat(Winsorization.cap(5).apply(-1e9)).isEqualTo(-1e9);
    assertThat(Winsorization.cap(5).apply(Double.POSITIVE_INFINITY)).isEqualTo(5);
    assertThat(Winsorization.none().apply(1e300)).isEqualTo(1e300);
  }

  @Test
  void boundsThatCrossAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Winsorization(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Winsorization.cap(Double.NaN));
  }
}
