package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import dev.thalweg.cli.report.chart.DisplayNumber;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How many of a cohort came back in a period.
 *
 * @param retained how many; empty if nobody can have come back yet
 * @param users of the cohort
 * @param open whether more may come back
 */
record RetentionCell(Optional<Long> retained, long users, boolean open) {
  private static final String UNKNOWN = "–";

  /** Tells by the day of the newest event what can be known. */
  static RetentionCell of(Cohort cohort, RetentionPeriod period, Optional<LocalDate> newestDay) {
    Optional<Long> retained = Optional.ofNullable(cohort.retained().get(period.label()));
    boolean nobody = retained.orElse(0L) == 0;
    if (nobody && newestDay.map(day -> period.isAhead(cohort.start(), day)).orElse(true)) {
      return new RetentionCell(Optional.empty(), cohort.users(), true);
    }
    boolean open = newestDay.map(day -> period.isOpen(cohort.start(), day)).orElse(false);
    return new RetentionCell(retained, cohort.users(), open);
  }

  boolean isKnown() {
    return retained.isPresent() && users > 0;
  }

  double share() {
    return isKnown() ? (double) retained.get() / users : 0;
  }

  /** The share, or a dash. */
  String text() {
    return isKnown() ? DisplayNumber.share(retained.get(), users) : UNKNOWN;
  }

  /** The count, or a dash. */
  String count() {
    return retained.map(DisplayNumber::of).orElse(UNKNOWN);
  }
}
