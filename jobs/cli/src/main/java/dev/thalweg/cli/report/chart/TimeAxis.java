package dev.thalweg.cli.report.chart;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round times between two others.
 *
 * @param ticks in ascending order
 */
public record TimeAxis(List<Tick> ticks) {
  private static final List<Integer> MINUTES = List.of(1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720);
  private static final List<Integer> DAYS = List.of(1, 2, 7, 14);
  private static final List<Integer> MONTHS = List.of(1, 3, 6, 12, 24, 60, 120, 600, 1200);
  private static final int MINUTES_OF_A_DAY = 24 * 60;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
  private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("uuuu", Locale.ROOT);

  /**
   * A round time.
   *
   * @param time when
   * @param label the clock or the day
   * @param group the day or the year, empty if it is that of the tick before
   */
  public record Tick(Instant time, String label, String group) {}

  /** Copies the list. */
  public TimeAxis {
    ticks = List.copyOf(ticks);
  }

  /** Round times in a zone, at most about so many. */
  public static TimeAxis between(Instant from, Instant to, int most, ZoneId zone) {
    double minutes = Math.max(1, (to.toEpochMilli() - from.toEpochMilli()) / 60_000.0) / most;
    for (int step : MINUTES) {
      if (step >= minutes) {
        return labelled(clockTimes(from, to, step, zone), CLOCK, DAY);
      }
    }
    for (int step : DAYS) {
      if (step * MINUTES_OF_A_DAY >= minutes) {
        return labelled(days(from, to, step, zone), DAY, YEAR);
      }
    }
    double months = minutes / MINUTES_OF_A_DAY / 30;
    int step = MONTHS.stream().filter(each -> each >= months).findFirst().orElse(12_000);
    return labelled(months(from, to, step, zone), DAY, YEAR);
  }

  private static TimeAxis labelled(
      List<ZonedDateTime> times, DateTimeFormatter fine, DateTimeFormatter coarse) {
    List<Tick> ticks = new ArrayList<>();
    String last = "";
    for (ZonedDateTime time : times) {
      String group = coarse.format(time);
      ticks.add(new Tick(time.toInstant(), fine.format(time), group.equals(last) ? "" : group));
      last = group;
    }
    return new TimeAxis(ticks);
  }

  private static List<ZonedDateTime> clockTimes(Instant from, Instant to, int step, ZoneId zone) {
    List<ZonedDateTime> times = new ArrayList<>();
    LocalDate last = to.atZone(zone).toLocalDate();
    for (LocalDate day = from.atZone(zone).toLocalDate();
        !day.isAfter(last);
        day = day.plusDays(1)) {
      ZonedDateTime next = day.plusDays(1).atStartOfDay(zone);
      ZonedDateTime time = day.atStartOfDay(zone);
      for (; time.isBefore(next); time = time.plus(step, ChronoUnit.MINUTES)) {
        addBetween(from, to, time, times);
      }
    }
    return times;
  }

  private static List<ZonedDateTime> days(Instant from, Instant to, int step, ZoneId zone) {
    List<ZonedDateTime> times = new ArrayList<>();
    LocalDate first = from.atZone(zone).toLocalDate();
    LocalDate day = first.minusDays(Math.floorMod(first.toEpochDay() - 4, step));
    for (; !day.atStartOfDay(zone).toInstant().isAfter(to); day = day.plusDays(step)) {
      addBetween(from, to, day.atStartOfDay(zone), times);
    }
    return times;
  }

  private static List<ZonedDateTime> months(Instant from, Instant to, int step, ZoneId zone) {
    List<ZonedDateTime> times = new ArrayList<>();
    LocalDate day = from.atZone(zone).toLocalDate().withDayOfMonth(1);
    day = day.minusMonths(Math.floorMod(day.getYear() * 12L + day.getMonthValue() - 1, step));
    for (; !day.atStartOfDay(zone).toInstant().isAfter(to); day = day.plusMonths(step)) {
      addBetween(from, to, day.atStartOfDay(zone), times);
    }
    return times;
  }

  private static void addBetween(
      Instant from, Instant to, ZonedDateTime time, List<ZonedDateTime> times) {
    if (!time.toInstant().isBefore(from) && !time.toInstant().isAfter(to)) {
      times.add(time);
    }
  }
}
