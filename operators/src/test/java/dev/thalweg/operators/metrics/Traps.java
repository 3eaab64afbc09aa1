package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.RandomStream.Happening;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What views are easily wrong about; found in a stream by plain looks at its times. */
enum Traps {
  /** A subject has two events of one time. */
  TIE,
  /** Two events of a subject, one after the other, are as far apart as its gap of 30 minutes. */
  EXACT_GAP,
  /** Between two tumbling windows with events is one that has none. */
  EMPTY_WINDOW,
  /** An event is at the very beginning of a tumbling window. */
  BOUNDARY,
  /** A session has one event. */
  SESSION_OF_ONE,
  /** An event is on a day that has not 24 hours. */
  DAY_OF_ANOTHER_LENGTH;

  private static final long HALF_AN_HOUR = 1_800_000;
  private static final long MINUTES_OF_A_DAY = 1440;

  /** Those that are in a stream, under what is declared of it. */
  static Set<Traps> of(RandomStream stream) {
    Set<Traps> found = EnumSet.noneOf(Traps.class);
    for (List<Long> times : timesBySubject(stream).values()) {
      addOfSubject(stream.config(), times, found);
    }
    addOfWindows(stream, found);
    return found;
  }

  private static Map<Object, List<Long>> timesBySubject(RandomStream stream) {
    return stream.events().stream()
        .sorted(Comparator.comparingLong(Happening::time))
        .collect(
            Collectors.groupingBy(
                event -> event.fields().getOrDefault("user_id", event.fields().get("anonymous_id")),
                Collectors.mapping(Happening::time, Collectors.toList())));
  }

  private static void addOfSubject(MetricsConfig config, List<Long> times, Set<Traps> found) {
    long gap = config.sessions().map(sessions -> sessions.gap().toMillis()).orElse(-1L);
    int inSession = 1;
    for (int i = 1; i <= times.size(); i++) {
      long pause = i == times.size() ? Long.MAX_VALUE : times.get(i) - times.get(i - 1);
      if (pause == 0) {
        found.add(TIE);
      }
      if (pause == gap && gap == HALF_AN_HOUR) {
        found.add(EXACT_GAP);
      }
      if (gap >= 0 && pause > gap && inSession == 1) {
        found.add(SESSION_OF_ONE);
      }
      inSession = pause > gap ? 1 : inSession + 1;
    }
  }

  private static void addOfWindows(RandomStream stream, Set<Traps> found) {
    ZoneId zone = stream.config().zone();
    List<Long> times = stream.events().stream().map(Happening::time).sorted().toList();
    for (long time : times) {
      LocalDate day = Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
      Duration length =
          Duration.between(day.atStartOfDay(zone), day.plusDays(1).atStartOfDay(zone));
      if (length.toMinutes() != MINUTES_OF_A_DAY) {
        found.add(DAY_OF_ANOTHER_LENGTH);
      }
    }
    for (MetricDefinition metric : stream.config().definitions()) {
      if (metric.window() instanceof WindowSpec.Tumbling tumbling) {
        addOfWindows(new Windows(tumbling, zone), times, found);
      }
    }
  }

  private static void addOfWindows(Windows windows, List<Long> times, Set<Traps> found) {
    for (int i = 0; i < times.size(); i++) {
      long start = windows.sliceStart(times.get(i));
      if (start == times.get(i)) {
        found.add(BOUNDARY);
      }
      if (i > 0 && start > windows.sliceEnd(windows.sliceStart(times.get(i - 1)))) {
        found.add(EMPTY_WINDOW);
      }
    }
  }
}
