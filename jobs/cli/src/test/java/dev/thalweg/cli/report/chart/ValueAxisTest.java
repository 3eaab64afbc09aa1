package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueAxisTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0, 112",
    "-3, 7",
    "-9, -2",
    "0, 1e-300",
    "-1e308, 1e308",
    "0, 4.9e-324",
    "5, 5",
    "1e15, 1e15",
    "0.1, 0.3",
    "123456, 123457"
  })
  void spansItsValues(double lowest, double highest) {
    ValueAxis axis = ValueAxis.between(lowest, highest, 5);

    assertThat(axis.lowest()).isLessThanOrEqualTo(lowest);
    assertThat(axis.highest()).isGreaterThanOrEqualTo(highest);
    assertThat(axis.ticks()).isSorted().doesNotHaveDuplicates().hasSizeBetween(2, 8);
  }

  @Test
  void ticksAreRound() {
    assertThat(ValueAxis.between(0, 112, 5).ticks()).containsExactly(0.0, 50.0, 100.0, 150.0);
    assertThat(ValueAxis.between(-30, 55, 5).ticks())
        .containsExactly(-40.0, -20.0, 0.0, 20.0, 40.0, 60.0);
  }

  @Test
  void nothingAndZeroHaveAnAxisToo() {
    assertThat(ValueAxis.fromZero(List.of(), 5).ticks()).containsExactly(0.0, 1.0);
    assertThat(ValueAxis.fromZero(List.of(0.0, 0.0), 5).ticks()).containsExactly(0.0, 1.0);
  }
}
