package dev.thalweg.cli.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAxisTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

  private static List<String> labels(Instant from, Duration length, ZoneId zone) {
    return TimeAxis.between(from, from.plus(length), 6, zone).ticks().stream()
        .map(tick -> (tick.label() + " " + tick.group()).strip())
        .toList();
  }

  @Test
  void saysTheDayOnce() {
    assertThat(labels(NOON, Duration.ofHours(18), UTC))
        .containsExactly(
            "12:00 28 Mar", "15:00", "18:00", "21:00", "00:00 29 Mar", "03:00", "06:00");
  }

  @Test
  void followsTheClocksOfItsZone() {
    assertThat(labels(NOON, Duration.ofDays(1), ZoneId.of("Europe/Berlin")))
        .containsExactly("18:00 28 Mar", "00:00 29 Mar", "07:00", "13:00");
  }

  @Test
  void longTimesHaveDaysAndMonths() {
    assertThat(labels(NOON, Duration.ofDays(5), UTC))
        .containsExactly("29 Mar 2026", "30 Mar", "31 Mar", "1 Apr", "2 Apr");
    assertThat(labels(NOON, Duration.ofDays(300), UTC))
        .containsExactly("1 Apr 2026", "1 Jul", "1 Oct", "1 Jan 2027");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PT0S", "PT1M", "PT47M", "PT9H", "P1D", "P3D", "P20D", "P70D", "P999D", "P99999D"})
  void hasAFewTicksAtMost(Duration length) {
    assertThat(labels(NOON, length, UTC)).hasSizeLessThanOrEqualTo(8);
  }
}
