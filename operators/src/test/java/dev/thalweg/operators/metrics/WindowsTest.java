package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.metrics.WindowSpec.Cumulating;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowsTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  /** The windows that hold a moment, as text. */
  private static List<String> windows(WindowSpec.Sliced spec, ZoneId zone, String instant) {
    Windows windows = new Windows(spec, zone);
    List<String> found = new ArrayList<>();
    windows.forEachWindow(
        windows.sliceStart(at(instant)),
        bounds ->
            found.add(
                Instant.ofEpochMilli(bounds.start()) + "/" + Instant.ofEpochMilli(bounds.end())));
    return found;
  }

  @Test
  void tumblingWindowsFollowOneAnother() {
    Tumbling tenMinutes = new Tumbling(Duration.ofMinutes(10));
    assertThat(windows(tenMinutes, ZoneOffset.UTC, "2026-11-01T10:09:59.999Z"))
        .containsExactly("2026-11-01T10:00:00Z/2026-11-01T10:10:00Z");
    assertThat(windows(tenMinutes, ZoneOffset.UTC, "2026-11-01T10:10:00Z"))
        .containsExactly("2026-11-01T10:10:00Z/2026-11-01T10:20:00Z");
    assertThat(windows(tenMinutes, ZoneOffset.UTC, "1969-12-31T23:59:59.999Z"))
        .containsExactly("1969-12-31T23:50:00Z/1970-01-01T00:00:00Z");
  }

  @Test
  void daysAndWeeksFollowTheCalendar() {
    assertThat(windows(new Tumbling(hours(24)), VIENNA, "2026-03-29T12:00:00Z"))
        .as("a day of 23 hours")
        .containsExactly("2026-03-28T23:00:00Z/2026-03-29T22:00:00Z");
    assertThat(windows(new Tumbling(hours(24)), VIENNA, "2026-10-25T12:00:00Z"))
        .as("a day of 25 hours")
        .containsExactly("2026-10-24T22:00:00Z/2026-10-25T23:00:00Z");
    assertThat(windows(new Tumbling(Duration.ofDays(7)), ZoneOffset.UTC, "2026-11-01T10:00:00Z"))
        .as("Monday to Sunday")
        .containsExactly("2026-10-26T00:00:00Z/2026-11-02T00:00:00Z");
  }

  @Test
  void partsOfADayEndWithIt() {
    assertThat(windows(new Tumbling(hours(6)), VIENNA, "2026-03-29T20:00:00Z"))
        .as("the last of a day of 23 hours")
        .containsExactly("2026-03-29T17:00:00Z/2026-03-29T22:00:00Z");
    assertThat(windows(new Tumbling(hours(6)), VIENNA, "2026-10-25T22:30:00Z"))
        .as("the 25th hour")
        .containsExactly("2026-10-25T22:00:00Z/2026-10-25T23:00:00Z");
  }

  @Test
  void slidingWindowsShareSlices() {
    Sliding sliding = new Sliding(hours(1), Duration.ofMinutes(20));
    assertThat(windows(sliding, ZoneOffset.UTC, "2026-11-01T10:25:00Z"))
        .containsExactly(
            "2026-11-01T09:40:00Z/2026-11-01T10:40:00Z",
            "2026-11-01T10:00:00Z/2026-11-01T11:00:00Z",
            "2026-11-01T10:20:00Z/2026-11-01T11:20:00Z");
  }

  @Test
  void cumulatingWindowsBeginTogether() {
    Cumulating soFar = new Cumulating(hours(24), hours(8));
    assertThat(windows(soFar, ZoneOffset.UTC, "2026-11-01T10:25:00Z"))
        .containsExactly(
            "2026-11-01T00:00:00Z/2026-11-01T16:00:00Z",
            "2026-11-01T00:00:00Z/2026-11-02T00:00:00Z");
    assertThat(windows(soFar, VIENNA, "2026-10-25T12:00:00Z"))
        .containsExactly(
            "2026-10-24T22:00:00Z/2026-10-25T14:00:00Z",
            "2026-10-24T22:00:00Z/2026-10-25T22:00:00Z",
            "2026-10-24T22:00:00Z/2026-10-25T23:00:00Z");
  }

  @Test
  void everySliceOfAWindowHasItAmongItsWindows() {
    for (WindowSpec.Sliced spec :
        List.of(
            new Tumbling(Duration.ofDays(3)),
            new Sliding(hours(6), hours(2)),
            new Sliding(Duration.ofDays(7), Duration.ofDays(1)),
            new Cumulating(hours(24), hours(3)))) {
      Windows windows = new Windows(spec, VIENNA);
      for (long t = at("2026-10-23T00:00:00Z"); t < at("2026-10-27T00:00:00Z"); t += 3_600_000) {
        long slice = windows.sliceStart(t);
        assertThat(t).isBetween(slice, windows.sliceEnd(slice) - 1);
        windows.forEachWindow(
            slice,
            bounds -> {
              List<Long> slices = new ArrayList<>();
              windows.forEachSlice(bounds, slices::add);
              assertThat(slices).as("%s of %s", bounds, spec).contains(slice);
              assertThat(slices.get(0)).isEqualTo(bounds.start());
              assertThat(windows.lastEnd(slice)).isGreaterThanOrEqualTo(bounds.end());
            });
      }
    }
  }

  @Test
  void lengthsThatDoNotFitADayAreRefused() {
    assertThatThrownBy(() -> new Tumbling(hours(7))).hasMessageContaining("fits a day evenly");
    assertThatThrownBy(() -> new Tumbling(Duration.ZERO)).hasMessageContaining("from 1ms");
    assertThatThrownBy(() -> new Sliding(hours(1), Duration.ofMinutes(25)))
        .hasMessageContaining("fits a day evenly");
    assertThatThrownBy(() -> new Cumulating(hours(12), hours(8)))
        .hasMessageContaining("multiple of every");
  }
}
