package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.DisplayNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Times as a reader may see them.
 *
 * @param zone in which they are shown
 */
public record Times(ZoneId zone) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final Duration ONE_DAY = Duration.ofDays(1);
  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

  /** Day and time of day. */
  public String full(Instant time) {
    return date(day(time)) + ", " + clock(time);
  }

  String date(LocalDate day) {
    return DATE.format(day);
  }

  String shortDay(Instant time) {
    return DAY.format(time.atZone(zone));
  }

  String clock(Instant time) {
    return CLOCK.format(time.atZone(zone));
  }

  LocalDate day(Instant time) {
    return time.atZone(zone).toLocalDate();
  }

  /** The zone, as times are said to be in. */
  public String zoneName() {
    return zone.getId();
  }

  /** From when to when, the day said once where it is the same. */
  String window(MetricView.Window window) {
    if (window.length().compareTo(ONE_DAY) >= 0 && clock(window.start()).equals("00:00")) {
      LocalDate last = day(window.end().minusMillis(1));
      String first = shortDay(window.start());
      return last.equals(day(window.start())) ? first : first + " – " + DAY.format(last);
    }
    return shortDay(window.start()) + " " + clock(window.start()) + "–" + clock(window.end());
  }

  /** How long, in the largest unit that fits. */
  static String length(Duration length) {
    long seconds = length.toSeconds();
    long day = ONE_DAY.toSeconds();
    if (seconds >= 23 * HOUR && (seconds % day == 0 || seconds < 26 * HOUR)) {
      long days = Math.round(seconds / (double) day);
      return days == 1 ? "1 day" : DisplayNumber.of(days) + " days";
    }
    if (seconds % HOUR == 0) {
      return DisplayNumber.of(seconds / HOUR) + " h";
    }
    return seconds % MINUTE == 0
        ? DisplayNumber.of(seconds / MINUTE) + " min"
        : DisplayNumber.of(seconds) + " s";
  }

  /** How long a session is, in two units. */
  static String span(double seconds) {
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return seconds < 10 && seconds > 0 ? DisplayNumber.of(seconds) + " s" : whole + " s";
    }
    if (whole < HOUR) {
      return "%d min %d s".formatted(whole / MINUTE, whole % MINUTE);
    }
    return "%d h %d min".formatted(whole / HOUR, whole % HOUR / MINUTE);
  }
}
