package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.Test;

/** Where windows are told apart, and the last moment at which they take corrections. */
final class AggregateViewsTest {
  private static final long HOUR = 3_600_000;
  private static final long START = TestEvents.NOON;
  private static final ViewGroup USERS =
      new ViewGroup(ViewGroup.Kind.WINDOWS, "users", ViewGroup.NO_DIMENSIONS);

  private static OperatorHarness<Contribution, ViewRow> users(WindowSpec window) throws Exception {
    MetricDefinition users =
        new MetricDefinition(
            "users", MetricKind.UNIQUE, EventSelector.ALL, "", List.of(), window, false, 0, null);
    MetricsConfig config =
        new MetricsConfig(
            Duration.ofHours(1),
            Duration.ofSeconds(5),
            ZoneOffset.UTC,
            Duration.ofDays(730),
            List.of(users),
            null,
            List.of(),
            List.of());
    return OperatorHarness.keyedOperator(
            () -> new AggregateViews(config),
            contribution -> GroupKey.of(contribution.group()),
            Types.STRING,
            MetricsTypes.VIEW_ROW)
        .open();
  }

  private static Contribution one(long end) {
    return new Contribution(USERS, START, end, new Counts(1).add(0, 1), 1);
  }

  private static ViewRow row(long end, long users) {
    return new ViewRow.MetricValue("users", "{}", START, end, (double) users, users, users);
  }

  @Test
  void windowsThatGrowFromOneBeginningAreApart() throws Exception {
    WindowSpec growing = new WindowSpec.Cumulating(Duration.ofHours(12), Duration.ofHours(1));
    PreAggregation parts = new PreAggregation();
    parts.add(one(START + HOUR));
    parts.add(one(START + 2 * HOUR));
    parts.add(one(START + 2 * HOUR));
    try (var aggregate = users(growing)) {
      List<Contribution> brought = new ArrayList<>();
      parts.flush(brought::add);
      aggregate.process(brought.toArray(Contribution[]::new));
      aggregate.snapshot();
      assertThat(aggregate.drain())
          .containsExactlyInAnyOrder(row(START + HOUR, 1), row(START + 2 * HOUR, 2));
    }
  }

  @Test
  void lastCorrectionFindsWhatWasThere() throws Exception {
    long end = START + HOUR;
    try (var aggregate = users(new WindowSpec.Tumbling(Duration.ofHours(1)))) {
      aggregate.process(one(end)).watermark(end + HOUR - 1).clock(60_000);
      aggregate.process(one(end)).snapshot();
      assertThat(aggregate.drain()).containsExactly(row(end, 1), row(end, 2));

      aggregate.watermark(end + HOUR).clock(120_000);
      aggregate.assertNothingLeft();
      aggregate.process(one(end)).snapshot();
      assertThat(aggregate.drain()).isEmpty();
    }
  }
}
