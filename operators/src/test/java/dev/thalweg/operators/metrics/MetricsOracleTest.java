package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventDecoder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.Types;

/** Metrics by slices, held to plain loops over all events. */
final class MetricsOracleTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final long MIDNIGHT = TestEvents.NOON - DAY.toMillis() / 2;
  private static final EventSelector ORDERS = new EventSelector(Set.of("order_placed"), "");
  private static final EventSelector LARGE =
      new EventSelector(Set.of("order_placed"), "quantity > 2");

  private static final List<WindowSpec> WINDOWS =
      List.of(
          new WindowSpec.Tumbling(Duration.ofMinutes(10)),
          new WindowSpec.Sliding(Duration.ofHours(1), Duration.ofMinutes(15)),
          new WindowSpec.Cumulating(DAY, Duration.ofHours(6)),
          new WindowSpec.Tumbling(DAY));

  /** One event of the stream. */
  private record Order(String id, long time, int quantity, long amount, String currency) {
    RawRecord canonical() {
      byte[] avro =
          TestEvents.event("order_placed")
              .id(id)
              .at(time)
              .with("quantity", quantity)
              .with("amount_cents", amount)
              .with("currency", currency)
              .avro();
      EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
      assertThat(decoder.decode(avro)).as(decoder.message()).isTrue();
      Contract contract = decoder.contract();
      byte[] value =
          new CanonicalEncoder("t")
              .encode(
                  contract.canonicalFingerprint(),
                  0,
                  contract.version(),
                  decoder.payload(),
                  decoder.payloadStart(),
                  time,
                  null,
                  null);
      return TestEvents.event("order_placed").record(value);
    }
  }

  private static MetricDefinition metric(
      String name, MetricKind kind, EventSelector events, String of, WindowSpec window) {
    List<String> by = kind == MetricKind.SUM ? List.of("currency", "event_type") : List.of();
    MetricDefinition.Denominator per =
        kind == MetricKind.RATIO ? new MetricDefinition.Denominator(LARGE, "quantity") : null;
    return new MetricDefinition(name, kind, events, of, by, window, false, 0.5, per);
  }

  private static List<MetricDefinition> metrics() {
    List<MetricDefinition> metrics = new ArrayList<>();
    for (WindowSpec window : WINDOWS) {
      String suffix = "_" + metrics.size();
      metrics.add(metric("count" + suffix, MetricKind.COUNT, EventSelector.ALL, "", window));
      metrics.add(metric("large" + suffix, MetricKind.COUNT, LARGE, "", window));
      metrics.add(metric("sum" + suffix, MetricKind.SUM, ORDERS, "amount_cents", window));
      metrics.add(metric("mean" + suffix, MetricKind.MEAN, ORDERS, "amount_cents", window));
      metrics.add(metric("min" + suffix, MetricKind.MIN, ORDERS, "amount_cents", window));
      metrics.add(metric("max" + suffix, MetricKind.MAX, LARGE, "amount_cents", window));
      metrics.add(metric("ratio" + suffix, MetricKind.RATIO, ORDERS, "amount_cents", window));
      metrics.add(metric("median" + suffix, MetricKind.QUANTILE, ORDERS, "quantity", window));
    }
    return metrics;
  }

  private static MetricsConfig config() {
    return new MetricsConfig(
        Duration.ofHours(48),
        Duration.ofSeconds(5),
        ZoneOffset.UTC,
        Duration.ofDays(730),
        metrics(),
        null,
        List.of(),
        List.of());
  }

  private static List<Order> orders(Random random) {
    List<Order> orders = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      long step = random.nextInt(4) == 0 ? 600_000 : 1;
      long time = MIDNIGHT + random.nextInt(200) * step + (random.nextInt(3) - 1) * 86_400_000L;
      String currency = List.of("USD", "EUR", "a\"b\\").get(random.nextInt(3));
      orders.add(new Order("e" + i, time, 1 + random.nextInt(5), random.nextInt(1000), currency));
    }
    return orders;
  }

  /** The windows that hold a moment, by arithmetic on UTC. */
  private static List<long[]> windows(WindowSpec spec, long time) {
    List<long[]> windows = new ArrayList<>();
    long size = spec.size().toMillis();
    long every = ((WindowSpec.Sliced) spec).slice().toMillis();
    if (spec instanceof WindowSpec.Cumulating) {
      long start = Math.floorDiv(time, size) * size;
      for (long end = start + every; end <= start + size; end += every) {
        if (time < end) {
          windows.add(new long[] {start, end});
        }
      }
    } else {
      for (long start = Math.floorDiv(time, every) * every; start > time - size; start -= every) {
        windows.add(new long[] {start, start + size});
      }
    }
    return windows;
  }

  private static Map<String, Double> expected(List<Order> orders) {
    Map<String, List<Order>> byRow = new TreeMap<>();
    Map<String, MetricDefinition> metrics = new TreeMap<>();
    for (MetricDefinition metric : metrics()) {
      metrics.put(metric.name(), metric);
      for (Order order : orders) {
        boolean selected = metric.events() != LARGE || order.quantity > 2;
        for (long[] window : selected ? windows(metric.window(), order.time) : List.<long[]>of()) {
          String dimensions =
              metric.by().isEmpty()
                  ? "{}"
                  : "{\"currency\":\"%s\",\"event_type\":\"order_placed\"}"
                      .formatted(order.currency.replace("\\", "\\\\").replace("\"", "\\\""));
          String row = metric.name() + dimensions + window[0] + "/" + window[1];
          byRow.computeIfAbsent(row, r -> new ArrayList<>()).add(order);
        }
      }
    }
    Map<String, Double> values = new TreeMap<>();
    byRow.forEach(
        (row, selected) ->
            values.put(row, value(metrics.get(row.substring(0, row.indexOf('{'))), selected)));
    return values;
  }

  private static Double value(MetricDefinition metric, List<Order> orders) {
    ToDoubleFunction<Order> of = metric.of().equals("quantity") ? o -> o.quantity : o -> o.amount;
    var numbers = orders.stream().mapToDouble(of);
    return switch (metric.kind()) {
      case COUNT -> (double) orders.size();
      case SUM -> numbers.sum();
      case MEAN -> numbers.sum() / orders.size();
      case MIN -> numbers.min().orElseThrow();
      case MAX -> numbers.max().orElseThrow();
      case QUANTILE -> numbers.sorted().toArray()[(orders.size() - 1) / 2];
      case RATIO -> {
        double per = orders.stream().filter(o -> o.quantity > 2).mapToDouble(o -> o.quantity).sum();
        yield per == 0 ? null : (Double) (numbers.sum() / per);
      }
      case UNIQUE -> throw new IllegalStateException(metric.name());
    };
  }

  private static Map<String, Double> published(List<Order> orders, Random random) throws Exception {
    MetricsConfig config = config();
    Map<String, Double> rows = new TreeMap<>();
    try (var select =
            OperatorHarness.ofOperator(
                    () -> new SelectEvents(ContractCatalog::fromClassPath, null, config),
                    MessageTypes.RAW_RECORD,
                    MetricsTypes.CONTRIBUTION)
                .open();
        var aggregate =
            OperatorHarness.keyedOperator(
                    () -> new AggregateViews(config),
                    contribution -> GroupKey.of(contribution.group()),
                    Types.STRING,
                    MetricsTypes.VIEW_ROW)
                .open()) {
      for (Order order : orders) {
        select.process(order.canonical());
        if (random.nextInt(5) == 0) {
          select.snapshot();
          aggregate.process(select.drain().toArray(Contribution[]::new));
        }
        if (random.nextInt(5) == 0) {
          aggregate.snapshot();
        }
      }
      aggregate.process(select.end().drain().toArray(Contribution[]::new));
      aggregate.snapshot();
      for (ViewRow row : aggregate.drain()) {
        ViewRow.MetricValue value = (ViewRow.MetricValue) row;
        rows.put(
            value.metric() + value.dimensions() + value.windowStart() + "/" + value.windowEnd(),
            value.value());
      }
      aggregate.watermark(Long.MAX_VALUE);
      aggregate.assertNothingLeft();
    }
    return rows;
  }

  @Property(tries = 150)
  void rowsAreThoseOfPlainLoopsInAnyOrder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    List<Order> orders = orders(random);
    Map<String, Double> expected = expected(orders);
    for (int order = 0; order < 2; order++) {
      Collections.shuffle(orders, random);
      Map<String, Double> rows = published(orders, random);
      assertThat(rows.keySet()).isEqualTo(expected.keySet());
      rows.forEach(
          (row, value) -> {
            if (row.startsWith("median")) {
              assertThat(value).isCloseTo(expected.get(row), within(0.01 * expected.get(row)));
            } else {
              assertThat(value).as(row).isEqualTo(expected.get(row));
            }
          });
    }
  }
}
