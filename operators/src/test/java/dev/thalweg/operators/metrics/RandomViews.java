package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Declares views at random; equal seeds declare the same. */
final class RandomViews {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);

  private static final List<WindowSpec> WINDOWS =
      List.of(
          new WindowSpec.Tumbling(Duration.ofMinutes(10)),
          new WindowSpec.Tumbling(HOUR),
          new WindowSpec.Tumbling(HOUR.multipliedBy(6)),
          new WindowSpec.Tumbling(DAY),
          new WindowSpec.Tumbling(DAY.multipliedBy(3)),
          new WindowSpec.Tumbling(WEEK),
          new WindowSpec.Sliding(HOUR, QUARTER),
          new WindowSpec.Sliding(HOUR.multipliedBy(12), HOUR.multipliedBy(4)),
          new WindowSpec.Sliding(DAY.multipliedBy(2), DAY),
          new WindowSpec.Sliding(WEEK.multipliedBy(2), WEEK),
          new WindowSpec.Cumulating(HOUR.multipliedBy(6), HOUR),
          new WindowSpec.Cumulating(DAY, HOUR.multipliedBy(2)),
          new WindowSpec.Cumulating(WEEK, DAY),
          new WindowSpec.Session(QUARTER.multipliedBy(2)),
          new WindowSpec.Session(HOUR));

  private static final List<WindowSpec> SLICED =
      WINDOWS.stream().filter(WindowSpec.Sliced.class::isInstance).toList();

  private static final List<String> DIMENSIONS =
      List.of("event_type", "currency", "product_id", "source", "quantity", "user_id", "category");
  private static final List<String> NUMBERS =
      List.of("quantity", "amount_cents", "price_cents", "value");
  private static final List<String> PERIODS =
      List.of("D0", "D1", "D2", "D7", "D1+", "D7+", "D30", "W0", "W1", "W2+", "M0", "M1", "M1+");

  private final Random random;

  RandomViews(Random random) {
    this.random = random;
  }

  MetricsConfig config(ZoneId zone) {
    Duration lateness = any(List.of(Duration.ZERO, HOUR, Duration.ofHours(48)));
    Duration gap = any(List.of(QUARTER.multipliedBy(2), QUARTER.multipliedBy(2), HOUR));
    return new MetricsConfig(
        lateness,
        Duration.ofSeconds(5),
        zone,
        Duration.ofDays(730),
        some(1, 5, this::metric),
        random.nextInt(8) == 0 ? null : new SessionDefinition(gap),
        some(0, 2, this::funnel),
        some(0, 2, this::retention));
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private interface Declared<T> {
    T declare(String name);
  }

  private <T> List<T> some(int least, int most, Declared<T> declared) {
    List<T> all = new ArrayList<>();
    int count = least + random.nextInt(most - least + 1);
    for (int i = 0; i < count; i++) {
      all.add(declared.declare("n" + i));
    }
    return all;
  }

  /** So many of them at most, none twice. */
  private <T> List<T> sample(List<T> all, int most) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, random.nextInt(most + 1)));
  }

  private MetricDefinition metric(String name) {
    MetricKind kind = any(List.of(MetricKind.values()));
    boolean approximate = kind == MetricKind.UNIQUE && random.nextInt(3) == 0;
    MetricDefinition.Denominator per =
        kind == MetricKind.RATIO
            ? new MetricDefinition.Denominator(selector(), maybe(() -> any(NUMBERS)))
            : null;
    String of =
        switch (kind) {
          case COUNT -> "";
          case UNIQUE -> approximate ? any(List.of("", "product_id", "quantity", "value")) : "";
          case RATIO -> maybe(() -> any(NUMBERS));
          default -> any(NUMBERS);
        };
    return new MetricDefinition(
        name,
        kind,
        selector(),
        of,
        sample(DIMENSIONS, 2),
        any(kind == MetricKind.UNIQUE && !approximate ? SLICED : WINDOWS),
        approximate,
        any(List.of(0.05, 0.5, 0.95)),
        per);
  }

  private String maybe(Supplier<String> field) {
    return random.nextBoolean() ? field.get() : "";
  }

  private EventSelector selector() {
    return JudgedSelector.any(random).events();
  }

  private FunnelDefinition funnel(String name) {
    List<FunnelDefinition.Step> steps = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      steps.add(new FunnelDefinition.Step("step" + i, selector()));
    }
    Duration within =
        any(List.of(Duration.ZERO, QUARTER.multipliedBy(2), HOUR, HOUR.multipliedBy(2), DAY));
    Duration window = any(List.of(HOUR, DAY, WEEK));
    return new FunnelDefinition(name, within, new WindowSpec.Tumbling(window), steps);
  }

  private RetentionDefinition retention(String name) {
    List<Period> periods =
        Stream.concat(Stream.of("D3"), sample(PERIODS, 5).stream()).map(Period::parse).toList();
    return new RetentionDefinition(name, selector(), any(List.of(Cohort.values())), periods);
  }
}
