package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.WindowSpec.Cumulating;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UniqueWindowsTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long LATENESS = 2 * HOUR;

  private final MapEntries<long[]> slices = new MapEntries<>();
  private final TrackTotals totals = new TrackTotals();

  private UniqueWindows unique(WindowSpec window, ZoneId zone) {
    MetricDefinition metric =
        new MetricDefinition(
            "users", MetricKind.UNIQUE, EventSelector.ALL, "", List.of(), window, false, 0, null);
    return new UniqueWindows(metric, zone, new Lateness(LATENESS, 0), slices);
  }

  private void add(UniqueWindows unique, String dimensions, long... times) {
    for (long time : times) {
      assertThat(unique.add(dimensions, time, Long.MIN_VALUE, totals)).isTrue();
    }
  }

  private static String row(String dimensions, long start, long end) {
    return TrackTotals.row(new ViewGroup(ViewGroup.Kind.WINDOWS, "users", dimensions), start, end);
  }

  @Test
  void countsOnceInEachWindowAndEveryEvent() {
    UniqueWindows unique = unique(new Tumbling(Duration.ofHours(1)), ZoneOffset.UTC);
    add(unique, "{}", DAY, DAY + HOUR - 1, DAY + HOUR, DAY);
    assertThat(totals.counts())
        .isEqualTo(
            Map.of(
                row("{}", DAY, DAY + HOUR), "[1]", row("{}", DAY + HOUR, DAY + 2 * HOUR), "[1]"));
    assertThat(totals.metricEvents())
        .isEqualTo(
            Map.of(row("{}", DAY, DAY + HOUR), 3L, row("{}", DAY + HOUR, DAY + 2 * HOUR), 1L));
  }

  @Test
  void keepsDimensionsApart() {
    UniqueWindows unique = unique(new Tumbling(Duration.ofHours(1)), ZoneOffset.UTC);
    add(unique, "{\"c\":1}", 0, 1);
    add(unique, "{\"c\":2}", 0, 1);
    assertThat(totals.counts())
        .isEqualTo(Map.of(row("{\"c\":1}", 0, HOUR), "[1]", row("{\"c\":2}", 0, HOUR), "[1]"));
  }

  @Test
  void countsOnceInEachOfTheWindowsThatOverlap() {
    UniqueWindows unique =
        unique(new Sliding(Duration.ofMinutes(60), Duration.ofMinutes(20)), ZoneOffset.UTC);
    add(unique, "{}", DAY + 50 * MINUTE, DAY + 5 * MINUTE);
    assertThat(totals.counts().keySet())
        .containsExactlyInAnyOrder(
            row("{}", DAY - 40 * MINUTE, DAY + 20 * MINUTE),
            row("{}", DAY - 20 * MINUTE, DAY + 40 * MINUTE),
            row("{}", DAY, DAY + 60 * MINUTE),
            row("{}", DAY + 20 * MINUTE, DAY + 80 * MINUTE),
            row("{}", DAY + 40 * MINUTE, DAY + 100 * MINUTE));
    assertThat(totals.counts().values()).containsOnly("[1]");
    assertThat(totals.metricEvents()).containsEntry(row("{}", DAY, DAY + 60 * MINUTE), 2L);
  }

  @Test
  void anEarlierSliceThatComesLateAddsOnlyToTheWindowsThatEndBefore() {
    UniqueWindows unique =
        unique(new Cumulating(Duration.ofDays(1), Duration.ofHours(8)), ZoneOffset.UTC);
    add(unique, "{}", DAY + 17 * HOUR);
    assertThat(totals.counts()).containsOnlyKeys(row("{}", DAY, 2 * DAY));
    add(unique, "{}", DAY + HOUR);
    assertThat(totals.counts())
        .isEqualTo(
            Map.of(
                row("{}", DAY, DAY + 8 * HOUR), "[1]",
                row("{}", DAY, DAY + 16 * HOUR), "[1]",
                row("{}", DAY, 2 * DAY), "[1]"));
  }

  @Test
  void daysFollowTheCalendarWhereClocksAreChanged() {
    long spring = ZonedDateTime.of(2026, 3, 29, 0, 0, 0, 0, VIENNA).toInstant().toEpochMilli();
    long autumn = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, VIENNA).toInstant().toEpochMilli();
    UniqueWindows unique = unique(new Tumbling(Duration.ofDays(1)), VIENNA);
    add(unique, "{}", spring, spring + 23 * HOUR - 1, autumn, autumn + 25 * HOUR - 1);
    assertThat(totals.counts())
        .isEqualTo(
            Map.of(
                row("{}", spring, spring + 23 * HOUR), "[1]",
                row("{}", autumn, autumn + 25 * HOUR), "[1]"));
  }

  @Test
  void aBlockGoesWhenCorrectionsToItsLastWindowAreOver() {
    UniqueWindows unique =
        unique(new Sliding(Duration.ofMinutes(60), Duration.ofMinutes(20)), ZoneOffset.UTC);
    add(unique, "{}", DAY, DAY + 59 * MINUTE);
    long end = DAY + 100 * MINUTE + LATENESS;
    slices.advance(end - 1, unique::expire);
    assertThat(slices.size()).isOne();
    slices.advance(end, unique::expire);
    assertThat(slices.size()).isZero();
    assertThat(slices.alarms()).isEmpty();
  }

  @Test
  void whatIsOverIsNotToldOfAndWhatIsTooLateForAllChangesNothing() {
    UniqueWindows unique =
        unique(new Sliding(Duration.ofMinutes(60), Duration.ofMinutes(20)), ZoneOffset.UTC);
    long watermark = DAY + 40 * MINUTE + LATENESS - 1;
    assertThat(unique.add("{}", DAY, watermark, totals)).isTrue();
    assertThat(totals.counts()).hasSize(2).doesNotContainKey(row("{}", DAY - HOUR, DAY + HOUR));
    assertThat(unique.isLate(DAY, DAY + HOUR + LATENESS - 1)).isFalse();
    assertThat(unique.isLate(DAY, DAY + HOUR + LATENESS)).isTrue();
    assertThat(unique.add("{\"x\":1}", DAY, DAY + HOUR + LATENESS, totals)).isFalse();
    assertThat(totals.counts()).hasSize(2);
    assertThat(slices.size()).isOne();
  }

  @Test
  void workForAnEventIsTheSameHoweverManyCameBefore() {
    UniqueWindows unique = unique(new Tumbling(Duration.ofMinutes(10)), ZoneOffset.UTC);
    for (int i = 0; i < 1_000; i++) {
      add(unique, "{}", i * MINUTE);
    }
    int accesses = slices.accesses();
    for (int i = 1_000; i < 11_000; i++) {
      add(unique, "{}", i * MINUTE);
    }
    assertThat(slices.accesses()).isLessThanOrEqualTo(11 * accesses);
    assertThat(slices.written()).isEqualTo(1_100);
  }
}
