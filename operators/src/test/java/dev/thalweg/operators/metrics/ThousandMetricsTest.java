package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.WindowSpec.Sliding;
import dev.thalweg.operators.metrics.WindowSpec.Tumbling;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.SingleObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Many declarations at once: each is right, and what they have in common is looked at once. */
final class ThousandMetricsTest {
  private static final long MINUTE = 60_000;
  private static final List<WindowSpec> WINDOWS =
      List.of(
          new Tumbling(Duration.ofMinutes(10)),
          new Tumbling(Duration.ofHours(1)),
          new Sliding(Duration.ofHours(1), Duration.ofMinutes(20)));
  private static final List<List<String>> DIMENSIONS =
      List.of(List.of(), List.of("event_type"), List.of("user_id"));

  /** The conditions on events of each type, as text and as the plain thing. */
  private static final Map<String, Map<String, Predicate<Sample>>> CONDITIONS =
      new TreeMap<>(
          Map.of(
              "product_viewed",
              Map.of("price_cents > 100", s -> s.cents > 100, "", s -> true),
              "cart_added",
              Map.of(
                  "price_cents > 100",
                  s -> s.cents > 100,
                  "quantity > 2",
                  s -> s.quantity > 2,
                  "user_id == 'u1'",
                  s -> s.user.equals("u1"),
                  "",
                  s -> true),
              "order_placed",
              Map.of(
                  "quantity > 2",
                  s -> s.quantity > 2,
                  "amount_cents < 150 && quantity != 3",
                  s -> s.cents < 150 && s.quantity != 3,
                  "",
                  s -> true)));

  private static final List<String> TYPES = List.copyOf(CONDITIONS.keySet());

  private record Sample(String type, String user, long time, int quantity, long cents) {
    RawRecord canonical() {
      TestEvents event = TestEvents.event(type).user(user).at(time);
      event.with(type.equals("order_placed") ? "amount_cents" : "price_cents", cents);
      return CanonicalEvents.of(
          type.equals("product_viewed") ? event : event.with("quantity", quantity));
    }

    String dimensions(List<String> by) {
      return by.isEmpty()
          ? "{}"
          : "{\"%s\":\"%s\"}".formatted(by.get(0), by.get(0).equals("user_id") ? user : type);
    }
  }

  static List<MetricDefinition> metrics(int count) {
    List<MetricDefinition> metrics = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String type = TYPES.get(i % 3);
      List<String> wheres = CONDITIONS.get(type).keySet().stream().sorted().toList();
      boolean sums = i % 4 == 1 && !type.equals("product_viewed");
      metrics.add(
          new MetricDefinition(
              "m" + i,
              i % 11 == 0 ? MetricKind.UNIQUE : sums ? MetricKind.SUM : MetricKind.COUNT,
              new EventSelector(Set.of(type), wheres.get(i / 3 % wheres.size())),
              i % 11 != 0 && sums ? "quantity" : "",
              DIMENSIONS.get(i / 5 % 3),
              WINDOWS.get(i / 7 % 3),
              false,
              0,
              null));
    }
    return metrics;
  }

  static MetricsConfig config(int count) {
    return new MetricsConfig(
        Duration.ofHours(2),
        Duration.ofSeconds(5),
        ZoneOffset.UTC,
        Duration.ofDays(730),
        metrics(count),
        null,
        List.of(),
        List.of());
  }

  private static List<Sample> samples() {
    Random random = new Random(1);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      samples.add(
          new Sample(
              TYPES.get(random.nextInt(3)),
              "u" + random.nextInt(3),
              TestEvents.NOON + random.nextInt(90) * MINUTE,
              1 + random.nextInt(4),
              50L * (1 + random.nextInt(4))));
    }
    return samples;
  }

  private static Map<String, Double> expected(List<MetricDefinition> metrics, List<Sample> all) {
    Map<String, Double> values = new TreeMap<>();
    Set<String> users = new HashSet<>();
    for (MetricDefinition metric : metrics) {
      String type = metric.events().eventTypes().iterator().next();
      Predicate<Sample> where = CONDITIONS.get(type).get(metric.events().where());
      long every = ((WindowSpec.Sliced) metric.window()).slice().toMillis();
      for (Sample sample : all) {
        if (sample.type.equals(type) && where.test(sample)) {
          long last = sample.time / every * every;
          for (long start = last; start > sample.time - size(metric); start -= every) {
            String row = row(metric.name(), sample.dimensions(metric.by()), start);
            boolean isNew = users.add(row + sample.user);
            double adds =
                switch (metric.kind()) {
                  case SUM -> sample.quantity;
                  case UNIQUE -> isNew ? 1 : 0;
                  default -> 1;
                };
            values.merge(row, adds, Double::sum);
          }
        }
      }
    }
    return values;
  }

  private static long size(MetricDefinition metric) {
    return metric.window().size().toMillis();
  }

  private static String row(String metric, String dimensions, long start) {
    return metric + dimensions + start;
  }

  @Test
  void eachOfAThousandMetricsIsRight() throws Exception {
    List<Sample> samples = samples();
    Map<String, Double> values = new TreeMap<>();
    try (MetricsPipeline pipeline = new MetricsPipeline(config(1_000), Backend.HEAP)) {
      for (Sample sample : samples) {
        pipeline.process(sample.canonical());
      }
      pipeline.publish();
      for (ViewRow row : pipeline.rows()) {
        MetricValue value = (MetricValue) row;
        values.put(row(value.metric(), value.dimensions(), value.windowStart()), value.value());
      }
    }
    assertThat(values).hasSizeGreaterThan(5_000).isEqualTo(expected(metrics(1_000), samples));
  }

  @Test
  void equalConditionsAreCompiledAndEvaluatedOnceAndThoseOfOtherEventTypesNotAtAll() {
    EventConditions compiler = new EventConditions(TestEvents.catalog());
    for (String type : TYPES) {
      Map<String, Integer> compiled = new HashMap<>();
      Map<String, Integer> evaluated = new HashMap<>();
      Selection selection =
          new Selection(
              TestEvents.catalog().newest(type).orElseThrow(),
              (where, contract) -> {
                compiled.merge(where, 1, Integer::sum);
                return compiler
                    .compile(where, contract)
                    .map(
                        condition ->
                            event -> {
                              evaluated.merge(where, 1, Integer::sum);
                              return condition.holds(event);
                            });
              },
              config(1_000));
      Set<String> own = new HashSet<>(CONDITIONS.get(type).keySet());
      own.remove("");
      assertThat(compiled).containsOnlyKeys(own).allSatisfy((where, n) -> assertThat(n).isOne());
      EventCursor event = canonical(new Sample(type, "u1", TestEvents.NOON, 3, 200));
      HitsBuilder hits = new HitsBuilder();
      for (int i = 1; i <= 3; i++) {
        int times = i;
        selection.select(event, Long.MIN_VALUE, new PreAggregation(), hits);
        assertThat(evaluated).containsOnlyKeys(own);
        assertThat(evaluated.values()).allMatch(n -> n == times);
      }
    }
  }

  private static EventCursor canonical(Sample sample) {
    byte[] value = sample.canonical().value();
    EventCursor cursor =
        EventCursor.ofCanonical(TestEvents.catalog().newest(sample.type).orElseThrow());
    assertThat(cursor.read(value, SingleObject.HEADER_LENGTH, value.length)).isTrue();
    return cursor;
  }
}
