package dev.thalweg.cli.report;

import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.Optional;

/**
 * A period after which users of a cohort come back.
 *
 * @param label as it is declared, such as {@code D7+}
 * @param period what that means; empty if it means nothing
 */
public record RetentionPeriod(String label, Optional<Period> period) {
  /** The shortest first, those without an end last. */
  static final Comparator<RetentionPeriod> BY_LENGTH =
      Comparator.comparing((RetentionPeriod each) -> each.period.map(Period::orLater).orElse(true))
          .thenComparing(each -> each.period.map(Period::unit).orElse(Cohort.MONTH))
          .thenComparing(each -> each.period.map(Period::number).orElse(0))
          .thenComparing(RetentionPeriod::label);

  /** Reads a label. */
  public static RetentionPeriod of(String label) {
    try {
      return new RetentionPeriod(label, Optional.of(Period.parse(label)));
    } catch (IllegalArgumentException e) {
      return new RetentionPeriod(label, Optional.empty());
    }
  }

  /** Whether nobody of a cohort can have come back yet, as far as the newest event tells. */
  public boolean isAhead(LocalDate cohort, LocalDate newestDay) {
    return period.isPresent() && newestDay.isBefore(start(cohort, period.get()));
  }

  /** Whether more of a cohort may come back, because the period has begun and not ended. */
  public boolean isOpen(LocalDate cohort, LocalDate newestDay) {
    return period.isPresent()
        && !period.get().orLater()
        && !isAhead(cohort, newestDay)
        && newestDay.isBefore(after(period.get(), start(cohort, period.get()), 1));
  }

  /** The first day of the period for the earliest of the cohort. */
  private static LocalDate start(LocalDate cohort, Period period) {
    LocalDate unit =
        switch (period.unit()) {
          case DAY -> cohort;
          case WEEK -> cohort.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case MONTH -> cohort.withDayOfMonth(1);
        };
    return after(period, unit, period.number());
  }

  private static LocalDate after(Period period, LocalDate start, int number) {
    return switch (period.unit()) {
      case DAY -> start.plusDays(number);
      case WEEK -> start.plusWeeks(number);
      case MONTH -> start.plusMonths(number);
    };
  }
}
