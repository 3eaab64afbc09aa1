package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The definitions, word for word, over the full list of a subject's events: no state, no windows'
 * class, no care for cost.
 */
final class NaiveTracks {
  private NaiveTracks() {}

  /**
   * An event.
   *
   * @param steps of the funnel that it may be
   */
  record Happening(long time, String id, String type, List<Integer> steps) {}

  /** Start, then end, number and counts by type, of each session. */
  static Map<Long, String> sessions(List<Happening> events, long gap) {
    List<Happening> sorted = new ArrayList<>(events);
    sorted.sort(Comparator.comparingLong(Happening::time));
    Map<Long, String> sessions = new TreeMap<>();
    int from = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || sorted.get(i).time() - sorted.get(i - 1).time() > gap) {
        List<Happening> one = sorted.subList(from, i);
        sessions.put(one.get(0).time(), describe(one));
        from = i;
      }
    }
    return sessions;
  }

  private static String describe(List<Happening> session) {
    StringBuilder json = new StringBuilder();
    for (String type : new TreeSet<>(session.stream().map(Happening::type).toList())) {
      long count = session.stream().filter(event -> event.type().equals(type)).count();
      json.append(json.isEmpty() ? "" : ",").append('"' + type + "\":" + count);
    }
    long end = session.get(session.size() - 1).time();
    return end + " " + session.size() + " {" + json + "}";
  }

  /** Ends of the windows of the day so far, every six hours, that a time falls into. */
  static List<Long> endsSoFar(long time, ZoneId zone) {
    LocalDate day = day(time, zone);
    long start = day.atStartOfDay(zone).toInstant().toEpochMilli();
    long next = day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
    List<Long> ends = new ArrayList<>();
    for (long end = start; end < next; ) {
      end = Math.min(end + 6 * 3_600_000, next);
      if (time < end) {
        ends.add(end);
      }
    }
    return ends;
  }

  /** By day of the first step, how many came to each step: tries all ways there are. */
  static Map<LocalDate, Integer> depths(
      List<Happening> events, int steps, long within, ZoneId zone) {
    Map<LocalDate, Integer> depths = new TreeMap<>();
    for (Happening first : events) {
      if (first.steps().contains(0)) {
        int depth = 1 + more(events, List.of(first), steps, first.time() + within);
        depths.merge(day(first.time(), zone), depth, Math::max);
      }
    }
    return depths;
  }

  private static int more(List<Happening> events, List<Happening> path, int steps, long last) {
    int best = 0;
    if (path.size() < steps) {
      for (Happening next : events) {
        if (next.steps().contains(path.size())
            && next.time() >= path.get(path.size() - 1).time()
            && next.time() <= last
            && !path.contains(next)) {
          List<Happening> longer = new ArrayList<>(path);
          longer.add(next);
          best = Math.max(best, 1 + more(events, longer, steps, last));
        }
      }
    }
    return best;
  }

  static LocalDate day(long time, ZoneId zone) {
    return Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
  }

  /** One for the cohort, then one or zero for each period. */
  static int[] retained(List<Happening> events, List<Period> periods, ZoneId zone) {
    List<LocalDate> days = events.stream().map(event -> day(event.time(), zone)).toList();
    LocalDate first = days.stream().min(Comparator.naturalOrder()).orElseThrow();
    int[] counts = new int[1 + periods.size()];
    counts[0] = 1;
    for (int i = 0; i < periods.size(); i++) {
      Period period = periods.get(i);
      counts[1 + i] =
          days.stream()
                  .mapToLong(day -> distance(period, first, day))
                  .anyMatch(n -> period.orLater() ? n >= period.number() : n == period.number())
              ? 1
              : 0;
    }
    return counts;
  }

  private static long distance(Period period, LocalDate first, LocalDate day) {
    return switch (period.unit()) {
      case DAY -> ChronoUnit.DAYS.between(first, day);
      case WEEK -> week(day) - week(first);
      case MONTH -> ChronoUnit.MONTHS.between(YearMonth.from(first), YearMonth.from(day));
    };
  }

  /** Mondays so far; 1970-01-01 was a Thursday. */
  private static long week(LocalDate day) {
    long week = 0;
    for (long d = 0; d <= day.toEpochDay(); d++) {
      week += d % 7 == 4 ? 1 : 0;
    }
    return week;
  }

  /** Counts without zeros at the end, as {@link TrackTotals} prints them. */
  static String print(int... counts) {
    int size = counts.length;
    while (size > 0 && counts[size - 1] == 0) {
      size--;
    }
    return Arrays.toString(Arrays.copyOf(counts, size));
  }
}
