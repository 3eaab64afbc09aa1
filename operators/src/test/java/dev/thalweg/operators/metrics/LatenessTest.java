package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.FunnelDefinition.Step;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All operators are of one mind about what is late. */
final class LatenessTest {
  private static final long NOON = TestEvents.NOON;
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final Duration LATENESS = Duration.ofHours(2);
  private static final Duration HORIZON = Duration.ofDays(10);

  /** What may be declared, and how long after noon an event of noon counts for it. */
  private enum View {
    COUNT(metric(MetricKind.COUNT, new Tumbling(Duration.ofHours(1))), HOUR),
    SLIDING(
        metric(MetricKind.COUNT, new Sliding(Duration.ofHours(3), Duration.ofHours(1))), 3 * HOUR),
    UNIQUE(
        metric(MetricKind.UNIQUE, new Sliding(Duration.ofHours(6), Duration.ofHours(2))), 6 * HOUR),
    SESSIONS(new SessionDefinition(Duration.ofMinutes(30)), HOUR / 2),
    FUNNEL(
        new FunnelDefinition(
            "f",
            Duration.ofMinutes(90),
            new Tumbling(Duration.ofHours(4)),
            List.of(new Step("a", EventSelector.ALL), new Step("b", EventSelector.ALL))),
        4 * HOUR + 90 * MINUTE),
    RETENTION(
        new RetentionDefinition(
            "r", EventSelector.ALL, Cohort.DAY, List.of(Period.parse("D1"), Period.parse("D1+"))),
        HORIZON.toMillis());

    private final Object definition;
    private final long closing;

    View(Object definition, long untilOver) {
      this.definition = definition;
      this.closing = NOON + untilOver + LATENESS.toMillis();
    }

    private static MetricDefinition metric(MetricKind kind, WindowSpec window) {
      EventSelector events = EventSelector.ALL;
      return new MetricDefinition(
          kind + "_" + window.size(), kind, events, "", List.of(), window, false, 0, null);
    }

    /** The watermark from which on an event of that time is late; windows begin on the hour. */
    long closing(long time) {
      long window =
          this == COUNT || this == SLIDING
              ? HOUR
              : this == UNIQUE ? 2 * HOUR : this == FUNNEL ? 4 * HOUR : 1;
      return closing + Math.floorDiv(time, window) * window - NOON;
    }
  }

  private static <T> List<T> those(Set<View> views, Class<T> type) {
    return views.stream().map(v -> v.definition).filter(type::isInstance).map(type::cast).toList();
  }

  private static MetricsPipeline pipeline(Set<View> views, Backend backend) throws Exception {
    return new MetricsPipeline(
        new MetricsConfig(
            LATENESS,
            Duration.ofSeconds(5),
            ZoneOffset.UTC,
            HORIZON,
            those(views, MetricDefinition.class),
            those(views, SessionDefinition.class).stream().findAny().orElse(null),
            those(views, FunnelDefinition.class),
            those(views, RetentionDefinition.class)),
        backend);
  }

  private static void assertDrops(MetricsPipeline pipeline, long late) {
    assertThat(pipeline.select().counter("events_late")).isEqualTo(late);
    assertThat(pipeline.track().counter("hits_dropped")).isZero();
    assertThat(pipeline.aggregate().counter("contributions_dropped")).isZero();
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void anEventCountsUntilItsViewIsClosedAndIsLateFromThenOn(View view) throws Exception {
    try (MetricsPipeline pipeline = pipeline(Set.of(view), Backend.HEAP)) {
      pipeline.process(CanonicalEvents.viewed("u", NOON));
      pipeline.watermark(view.closing - 1);
      pipeline.process(CanonicalEvents.viewed("u", NOON), CanonicalEvents.viewed("v", NOON));
      pipeline.publish();
      assertThat(pipeline.rows()).isNotEmpty();
      assertDrops(pipeline, 0);
      pipeline.watermark(view.closing);
      pipeline.process(CanonicalEvents.viewed("u", NOON), CanonicalEvents.viewed("w", NOON));
      pipeline.publish();
      assertThat(pipeline.rows()).isEmpty();
      assertDrops(pipeline, 2);
    }
  }

  @ParameterizedTest
  @EnumSource(View.class)
  void whatIsKnownWhenAViewClosesIsAllThatEverCame(View view) throws Exception {
    try (MetricsPipeline pipeline = pipeline(Set.of(view), Backend.HEAP)) {
      pipeline.process(CanonicalEvents.viewed("u", NOON), CanonicalEvents.viewed("v", NOON + 1));
      pipeline.publish();
      long version = newest(pipeline.rows());
      pipeline.watermark(view.closing - 1);
      pipeline.process(CanonicalEvents.viewed("w", NOON), CanonicalEvents.viewed("u", NOON));
      pipeline.publish();
      assertThat(newest(pipeline.rows()))
          .as("the rows go on from where they were")
          .isEqualTo(view == View.RETENTION ? 3 : view == View.SESSIONS ? 2 : 2 * version);
    }
  }

  private static long newest(List<ViewRow> rows) {
    return rows.stream().mapToLong(ViewRow::version).max().orElseThrow();
  }

  @Property(tries = 60, seed = "1")
  void whatWasLetThroughIsNotDroppedFurtherOn(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Set<View> views = EnumSet.noneOf(View.class);
    for (View view : View.values()) {
      if (random.nextBoolean() || views.isEmpty() && view == View.RETENTION) {
        views.add(view);
      }
    }
    long watermark = Long.MIN_VALUE;
    long late = 0;
    try (MetricsPipeline pipeline = pipeline(views, Backend.HEAP)) {
      for (int i = 0; i < 60; i++) {
        long time = NOON + (random.nextInt(40) + i) * HOUR / 2 + random.nextInt(3) - 1;
        if (random.nextInt(3) == 0) {
          View next = View.values()[random.nextInt(View.values().length)];
          watermark =
              Math.max(
                  watermark,
                  next.closing(time - random.nextInt(24) * HOUR) + random.nextInt(3) - 1);
          pipeline.watermark(watermark);
        }
        pipeline.process(CanonicalEvents.viewed("u" + random.nextInt(3), time));
        long now = watermark;
        late += views.stream().allMatch(view -> view.closing(time) <= now) ? 1 : 0;
      }
      pipeline.publish();
      assertDrops(pipeline, late);
      pipeline.watermark(Long.MAX_VALUE);
      pipeline.track().assertNothingLeft();
      pipeline.aggregate().assertNothingLeft();
    }
  }
}
