package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.FunnelDefinition.Step;
import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.RetentionRow;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the versions of rows promise. */
final class VersionsTest {
  private static final List<String> TYPES = List.of("page_viewed", "cart_added", "order_placed");

  private static MetricsConfig config() {
    return TrackSubjectsTest.config(
        List.of(
            TrackSubjectsTest.unique("daily", new Tumbling(Duration.ofDays(1))),
            new MetricDefinition(
                "views",
                MetricKind.COUNT,
                EventSelector.ALL,
                "",
                List.of(),
                new Sliding(Duration.ofHours(3), Duration.ofHours(1)),
                false,
                0,
                null)),
        new SessionDefinition(Duration.ofMinutes(30)),
        List.of(funnel()),
        List.of(TrackSubjectsTest.retention("buyers")));
  }

  private static FunnelDefinition funnel() {
    List<Step> steps =
        TYPES.stream().map(t -> new Step(t, new EventSelector(Set.of(t), ""))).toList();
    return new FunnelDefinition(
        "purchase", Duration.ofHours(9), new Tumbling(Duration.ofDays(1)), steps);
  }

  private static List<RawRecord> events(Random random) {
    List<RawRecord> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long time = TestEvents.NOON + random.nextInt(200) * (random.nextBoolean() ? 600_000L : 20);
      TestEvents event = TestEvents.event(TYPES.get(random.nextInt(TYPES.size())));
      events.add(CanonicalEvents.of(event.user("u" + random.nextInt(3)).at(time)));
    }
    return events;
  }

  private static List<Object> key(ViewRow row) {
    if (row instanceof MetricValue value) {
      return List.of(value.metric(), value.windowStart(), value.windowEnd());
    } else if (row instanceof SessionRow session) {
      return List.of(session.subject(), session.sessionStart());
    } else if (row instanceof FunnelRow funnel) {
      return List.of(funnel.funnel(), funnel.windowStart(), funnel.step());
    }
    RetentionRow retention = (RetentionRow) row;
    return List.of(retention.name(), retention.cohortStart(), retention.period());
  }

  private static Map<List<Object>, ViewRow> published(List<RawRecord> events, Random random)
      throws Exception {
    Map<List<Object>, ViewRow> latest = new HashMap<>();
    try (MetricsPipeline pipeline = new MetricsPipeline(config(), Backend.HEAP)) {
      for (RawRecord event : events) {
        pipeline.process(event);
        if (random.nextInt(3) == 0) {
          pipeline.publish();
          pipeline.rows().forEach(row -> replace(latest, row));
        }
      }
      pipeline.publish();
      pipeline.rows().forEach(row -> replace(latest, row));
    }
    return latest;
  }

  private static void replace(Map<List<Object>, ViewRow> latest, ViewRow row) {
    ViewRow before = latest.put(key(row), row);
    if (before != null) {
      assertThat(row.version()).as("%s, then %s", before, row).isGreaterThan(before.version());
    }
  }

  @Property(tries = 40, seed = "1")
  void versionsRiseAndAreTheSameInWhateverOrderWhereTheySaySo(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<RawRecord> events = events(random);
    List<ViewRow> expected = comparable(published(events, random));
    for (int order = 0; order < 2; order++) {
      Collections.shuffle(events, random);
      assertThat(comparable(published(events, random)))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<ViewRow> comparable(Map<List<Object>, ViewRow> rows) {
    return rows.values().stream()
        .filter(row -> !(row instanceof RetentionRow))
        .filter(row -> !(row instanceof SessionRow session && session.removed()))
        .toList();
  }
}
