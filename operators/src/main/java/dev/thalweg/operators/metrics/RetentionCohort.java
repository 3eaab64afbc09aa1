package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.aggregate.Counts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts a subject in the cohort of its first day, and in the periods after which it came back. It
 * remembers the days on which there was anything; an earlier one that comes late may move the
 * subject to another cohort, and changes what the other days mean. Once its last day is the horizon
 * and the lateness away the subject is forgotten; if it comes again, it is new.
 */
final class RetentionCohort {
  private final ViewGroup group;
  private final Cohort cohort;
  private final List<Period> periods;
  private final ZoneId zone;
  private final Lateness lateness;
  private final Entries<long[]> days;

  RetentionCohort(
      RetentionDefinition retention, ZoneId zone, Lateness lateness, Entries<long[]> days) {
    group = new ViewGroup(ViewGroup.Kind.RETENTION, retention.name(), ViewGroup.NO_DIMENSIONS);
    cohort = retention.cohort();
    periods = retention.periods();
    this.zone = zone;
    this.lateness = lateness;
    this.days = days;
  }

  /** Whether a subject of which there is nothing since may be forgotten. */
  boolean isLate(long time, long watermark) {
    return Lateness.isOver(lateness.ofRetention(time), watermark);
  }

  /** Adds an event; false if it is too late. */
  boolean add(long time, long watermark, Consumer<Contribution> out) {
    if (isLate(time, watermark)) {
      return false;
    }
    TrackKey key = new TrackKey(TrackKey.Kind.RETENTION, group.name(), "", 0);
    long day = Instant.ofEpochMilli(time).atZone(zone).toLocalDate().toEpochDay();
    ActiveDays before = ActiveDays.of(days.get(key));
    if (!before.contains(day)) {
      ActiveDays after = before.with(day);
      days.put(key, after.pairs());
      if (before.isEmpty()) {
        days.wakeAt(key, closing(after));
      }
      tell(before, after, contribution -> tell(contribution, watermark, out));
    }
    return true;
  }

  private long closing(ActiveDays active) {
    return lateness.ofRetention(millis(LocalDate.ofEpochDay(active.last() + 1)));
  }

  private void tell(ActiveDays before, ActiveDays after, Consumer<Contribution> out) {
    LocalDate start = start(cohort, after.first());
    Counts change = counts(after, 1);
    if (!before.isEmpty()) {
      LocalDate earlier = start(cohort, before.first());
      if (earlier.equals(start)) {
        change.merge(counts(before, -1));
      } else {
        out.accept(contribution(earlier, counts(before, -1)));
      }
    }
    if (!change.isZero()) {
      out.accept(contribution(start, change));
    }
  }

  /** A subject that never went away may outlive its cohort's row. */
  private void tell(Contribution change, long watermark, Consumer<Contribution> out) {
    if (!Lateness.isOver(lateness.ofRetention(change.end()), watermark)) {
      out.accept(change);
    }
  }

  private Contribution contribution(LocalDate start, Counts change) {
    return new Contribution(group, millis(start), millis(after(cohort, start, 1)), change, 1);
  }

  private Counts counts(ActiveDays active, long each) {
    Counts counts = new Counts(1 + periods.size()).add(0, each);
    for (int i = 0; i < periods.size(); i++) {
      if (isRetained(active, periods.get(i))) {
        counts.add(1 + i, each);
      }
    }
    return counts;
  }

  private static boolean isRetained(ActiveDays active, Period period) {
    LocalDate from = after(period.unit(), start(period.unit(), active.first()), period.number());
    return period.orLater()
        ? active.last() >= from.toEpochDay()
        : active.anyBetween(from.toEpochDay(), after(period.unit(), from, 1).toEpochDay());
  }

  /** The first day of the unit that the day is in. */
  private static LocalDate start(Cohort unit, long epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    return switch (unit) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  private static LocalDate after(Cohort unit, LocalDate start, int number) {
    return switch (unit) {
      case DAY -> start.plusDays(number);
      case WEEK -> start.plusWeeks(number);
      case MONTH -> start.plusMonths(number);
    };
  }

  private long millis(LocalDate day) {
    return day.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  void expire(TrackKey entry, long now) {
    ActiveDays active = ActiveDays.of(days.get(entry));
    if (active.isEmpty()) {
      return;
    }
    if (Lateness.isOver(closing(active), now)) {
      days.remove(entry);
    } else {
      days.wakeAt(entry, closing(active));
    }
  }
}
