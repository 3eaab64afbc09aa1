package dev.thalweg.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionCellTest {

  private static RetentionCell cell(String period, long retained, String newest) {
    Cohort cohort = new Cohort(LocalDate.of(2026, 3, 4), 10, Map.of(period, retained));
    return RetentionCell.of(
        cohort, RetentionPeriod.of(period), Optional.of(LocalDate.parse(newest)));
  }

  /** The cohort of 4 March 2026, a Wednesday. */
  @ParameterizedTest
  @CsvSource({
    "D1, 2026-03-04, –, true",
    "D1, 2026-03-05, 0.0 %, true",
    "D1, 2026-03-06, 0.0 %, false",
    "D7, 2026-03-10, –, true",
    "D7, 2026-03-11, 0.0 %, true",
    "D7+, 2026-03-10, –, true",
    "D7+, 2026-03-11, 0.0 %, false",
    "W1, 2026-03-08, –, true",
    "W1, 2026-03-09, 0.0 %, true",
    "W1, 2026-03-16, 0.0 %, false",
    "M1, 2026-03-31, –, true",
    "M1, 2026-04-01, 0.0 %, true",
    "M1, 2026-05-01, 0.0 %, false",
    "odd, 2026-03-04, 0.0 %, false",
  })
  void isADashUntilTheNewestEventReachesThePeriod(
      String period, String newest, String text, boolean open) {
    assertThat(cell(period, 0, newest).text()).isEqualTo(text);
    assertThat(cell(period, 0, newest).open()).isEqualTo(open);
  }

  @Test
  void showsWhoCameBackInAnyCase() {
    assertThat(cell("D7", 4, "2026-03-04").text()).isEqualTo("40.0 %");
  }

  @Test
  void withoutAnyEventNothingIsKnown() {
    Cohort cohort = new Cohort(LocalDate.of(2026, 3, 4), 10, Map.of("D1", 0L));

    assertThat(RetentionCell.of(cohort, RetentionPeriod.of("D1"), Optional.empty()).text())
        .isEqualTo("–");
  }

  @Test
  void anEmptyCohortHasNoShare() {
    Cohort cohort = new Cohort(LocalDate.of(2026, 3, 4), 0, Map.of("D1", 0L));
    Optional<LocalDate> later = Optional.of(LocalDate.of(2026, 4, 4));

    assertThat(RetentionCell.of(cohort, RetentionPeriod.of("D1"), later).text()).isEqualTo("–");
  }

  @Test
  void periodsAreInOrder() {
    assertThat(
            Stream.of("D7+", "M1", "D30", "W1", "D1", "D7")
                .map(RetentionPeriod::of)
                .sorted(RetentionPeriod.BY_LENGTH)
                .map(RetentionPeriod::label))
        .containsExactly("D1", "D7", "D30", "W1", "M1", "D7+");
  }
}
