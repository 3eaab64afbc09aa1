package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.NaiveTracks.Happening;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RetentionCohortTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long HORIZON = 100 * DAY;
  private static final long LATENESS = 2 * DAY;

  private final MapEntries<long[]> days = new MapEntries<>();
  private final TrackTotals totals = new TrackTotals();

  private RetentionCohort cohort(Cohort unit, String... periods) {
    RetentionDefinition view =
        new RetentionDefinition(
            "r", EventSelector.ALL, unit, List.of(periods).stream().map(Period::parse).toList());
    return new RetentionCohort(view, VIENNA, new Lateness(LATENESS, HORIZON), days);
  }

  private void add(RetentionCohort cohort, long... times) {
    for (long time : times) {
      assertThat(cohort.add(time, Long.MIN_VALUE, totals)).isTrue();
    }
  }

  private static long at(int month, int day, int hour) {
    return ZonedDateTime.of(2026, month, day, hour, 0, 0, 0, VIENNA).toInstant().toEpochMilli();
  }

  private static String row(LocalDate from, LocalDate to) {
    return TrackTotals.row(
        new ViewGroup(ViewGroup.Kind.RETENTION, "r", "{}"),
        from.atStartOfDay(VIENNA).toInstant().toEpochMilli(),
        to.atStartOfDay(VIENNA).toInstant().toEpochMilli());
  }

  private static String row(int month, int day, int days) {
    LocalDate from = LocalDate.of(2026, month, day);
    return row(from, from.plusDays(days));
  }

  @Test
  void countsInTheCohortOfTheFirstDayAndInThePeriodsReached() {
    RetentionCohort daily = cohort(Cohort.DAY, "D0", "D1", "D7", "D7+");
    add(daily, at(5, 4, 23), at(5, 4, 23));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1]"));
    add(daily, at(5, 5, 0));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1, 1]"));
    add(daily, at(5, 12, 1), at(5, 12, 2), at(5, 13, 3));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1, 1, 0, 1]"));
    add(daily, at(5, 11, 1));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1, 1, 1, 1]"));
  }

  @Test
  void anEarlierEventThatComesLateMovesTheCohort() {
    RetentionCohort daily = cohort(Cohort.DAY, "D1", "D2", "D1+");
    add(daily, at(5, 4, 10), at(5, 5, 10));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1, 0, 1]"));
    add(daily, at(5, 3, 10));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 3, 1), "[1, 1, 1, 1]"));
  }

  @Test
  void anEarlierDayOfTheSameCohortChangesThePeriodsOnly() {
    RetentionCohort weekly = cohort(Cohort.WEEK, "D1", "D2", "W0", "W1");
    add(weekly, at(5, 5, 10), at(5, 6, 10));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 7), "[1, 1, 0, 1]"));
    add(weekly, at(5, 4, 10), at(5, 11, 0));
    assertThat(totals.counts()).isEqualTo(Map.of(row(5, 4, 7), "[1, 1, 1, 1, 1]"));
  }

  @Test
  void monthsAndWeeksAreThoseOfTheCalendar() {
    RetentionCohort monthly = cohort(Cohort.MONTH, "M1", "M2", "W1", "M2+");
    add(monthly, at(1, 31, 23), at(2, 1, 0), at(2, 2, 0));
    String january = row(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 2, 1));
    assertThat(totals.counts()).isEqualTo(Map.of(january, "[1, 1, 0, 1]"));
    add(monthly, at(4, 1, 0));
    assertThat(totals.counts()).isEqualTo(Map.of(january, "[1, 1, 0, 1, 1]"));
  }

  @Test
  void daysAreThoseOfTheCalendarWhereClocksAreChanged() {
    RetentionCohort daily = cohort(Cohort.DAY, "D1", "D2");
    // 23 hours of the 29th of March, then the 30th: a day later, though 22 hours only.
    add(daily, at(3, 29, 1), at(3, 29, 23), at(3, 30, 0));
    assertThat(totals.counts()).isEqualTo(Map.of(row(3, 29, 1), "[1, 1]"));
    RetentionCohortTest autumn = new RetentionCohortTest();
    RetentionCohort other = autumn.cohort(Cohort.DAY, "D1", "D2");
    autumn.add(other, at(10, 25, 0), at(10, 25, 0) + DAY);
    assertThat(autumn.totals.counts()).isEqualTo(Map.of(row(10, 25, 1), "[1]"));
  }

  @Test
  void isForgottenTheHorizonAndTheLatenessAfterItsLastDay() {
    RetentionCohort daily = cohort(Cohort.DAY, "D1");
    add(daily, at(5, 4, 10), at(6, 20, 10));
    long end = at(6, 21, 0) + HORIZON + LATENESS;
    days.advance(end - 1, daily::expire);
    assertThat(days.size()).isOne();
    assertThat(days.alarms()).containsExactly(end);
    days.advance(end, daily::expire);
    assertThat(days.size()).isZero();
    assertThat(daily.add(at(6, 20, 10), end, totals)).isFalse();
    assertThat(days.size()).isZero();
    assertThat(days.alarms()).isEmpty();
  }

  @Test
  void aSubjectThatNeverWentAwayOutlivesItsCohortsRow() {
    RetentionCohort daily = cohort(Cohort.DAY, "D1", "D2+");
    add(daily, at(5, 4, 10), at(5, 20, 10));
    long closing = at(5, 5, 0) + HORIZON + LATENESS;
    assertThat(daily.add(at(5, 5, 10), closing, totals)).isTrue();
    assertThat(totals.counts()).as("is not corrected").isEqualTo(Map.of(row(5, 4, 1), "[1, 0, 1]"));
    assertThat(daily.add(at(5, 3, 10), closing, totals)).isFalse();
    RetentionCohortTest other = new RetentionCohortTest();
    RetentionCohort open = other.cohort(Cohort.DAY, "D1", "D2+");
    other.add(open, at(5, 4, 10), at(5, 20, 10));
    assertThat(open.add(at(5, 5, 10), closing - 1, other.totals)).isTrue();
    assertThat(other.totals.counts()).isEqualTo(Map.of(row(5, 4, 1), "[1, 1, 1]"));
  }

  @Test
  void workForAnEventIsTheSameHoweverManyCameBefore() {
    RetentionCohort daily = cohort(Cohort.DAY, "D1", "D7+");
    for (int i = 0; i < 10_000; i++) {
      add(daily, at(5, 4, 0) + i * DAY / 100);
    }
    assertThat(days.accesses()).isLessThanOrEqualTo(20_000);
    assertThat(days.written()).isLessThan(1_000);
  }

  @Property(tries = 300, seed = "1")
  void aSetOfDaysIsASet(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int span) {
    Random random = new Random(seed);
    ActiveDays active = ActiveDays.NONE;
    TreeSet<Long> model = new TreeSet<>();
    for (int i = 0; i < 30; i++) {
      long day = random.nextInt(2 * span) - span;
      active = ActiveDays.of(active.with(day).pairs());
      model.add(day);
      long from = random.nextInt(2 * span) - span;
      long to = from + random.nextInt(span);
      assertThat(active.anyBetween(from, to)).isEqualTo(!model.subSet(from, to).isEmpty());
      assertThat(active.contains(from)).isEqualTo(model.contains(from));
      assertThat(active.first()).isEqualTo(model.first());
      assertThat(active.last()).isEqualTo(model.last());
    }
  }

  @Property(tries = 400, seed = "2")
  void isWhatTheListOfDaysSaysInWhateverOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int events, @ForAll Cohort unit) {
    Random random = new Random(seed);
    String[] periods = {"D0", "D1", "D7", "D7+", "W0", "W1", "W2+", "M0", "M1", "M1+", "D30"};
    int spread = random.nextBoolean() ? 10 : 80;
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long time = at(3, 1, 0) + random.nextInt(24 * spread) * 3_600_000L;
      happenings.add(new Happening(time, "e" + i, "t", List.of()));
    }
    int[] counts =
        NaiveTracks.retained(
            happenings, List.of(periods).stream().map(Period::parse).toList(), VIENNA);
    Map<String, String> expected =
        Map.of(cohortOfFirst(happenings, unit), NaiveTracks.print(counts));
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(happenings, random);
      RetentionCohortTest fresh = new RetentionCohortTest();
      RetentionCohort cohort = fresh.cohort(unit, periods);
      happenings.forEach(event -> fresh.add(cohort, event.time()));
      assertThat(fresh.totals.counts()).as("%s", happenings).isEqualTo(expected);
    }
  }

  private static String cohortOfFirst(List<Happening> happenings, Cohort unit) {
    LocalDate first =
        happenings.stream()
            .map(event -> NaiveTracks.day(event.time(), VIENNA))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return switch (unit) {
      case DAY -> row(first, first.plusDays(1));
      case WEEK -> {
        while (first.getDayOfWeek() != DayOfWeek.MONDAY) {
          first = first.minusDays(1);
        }
        yield row(first, first.plusDays(7));
      }
      case MONTH -> row(first.withDayOfMonth(1), first.withDayOfMonth(1).plusMonths(1));
    };
  }
}
