package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.FunnelDefinition.Step;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.WindowSpec.Session;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** Declarations of all kinds under which a subject is forgotten within two days. */
final class ShortLives {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  /** Until when, after its last event, a subject and all rows that it is part of are gone. */
  static final long LIFE = 50 * HOUR;

  private static final Duration GAP = Duration.ofMinutes(30);

  private ShortLives() {}

  private static MetricDefinition metric(
      String name, MetricKind kind, List<String> by, WindowSpec window) {
    return new MetricDefinition(name, kind, EventSelector.ALL, "", by, window, false, 0, null);
  }

  static MetricsConfig config() {
    WindowSpec hour = new Tumbling(Duration.ofHours(1));
    WindowSpec sliding = new Sliding(Duration.ofHours(1), Duration.ofMinutes(20));
    return new MetricsConfig(
        Duration.ofHours(2),
        Duration.ofSeconds(5),
        ZoneOffset.UTC,
        Duration.ofHours(6),
        List.of(
            metric("views_of_user", MetricKind.COUNT, List.of("user_id"), hour),
            metric("users", MetricKind.UNIQUE, List.of(), sliding),
            metric("visits", MetricKind.COUNT, List.of("user_id"), new Session(GAP)),
            metric("busy", MetricKind.COUNT, List.of(), new Session(Duration.ofMinutes(5)))),
        new SessionDefinition(GAP),
        List.of(
            new FunnelDefinition(
                "purchase",
                Duration.ofHours(1),
                new Tumbling(Duration.ofHours(1)),
                List.of(new Step("a", EventSelector.ALL), new Step("b", EventSelector.ALL)))),
        List.of(
            new RetentionDefinition(
                "back", EventSelector.ALL, Cohort.DAY, List.of(Period.parse("D0+")))));
  }
}
