package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventDecoder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A small stream of events with declared views, in the order of arrival. Its times are where
 * mistakes are: equal, at the boundaries of windows, a gap or a limit apart, around changes of the
 * clock, and one millisecond off.
 */
record RandomStream(long seed, MetricsConfig config, List<Happening> events) {
  private static final List<String> PRODUCTS = List.of("p1", "p2", "größer \"7\"\\", "");

  /** Days in places: with a change of the clock, of half an hour too; before 1970; others. */
  private static final Map<String, ZoneId> DAYS =
      Map.of(
          "2026-03-29", ZoneId.of("Europe/Vienna"),
          "2026-10-25", ZoneId.of("Europe/Vienna"),
          "1970-01-01", ZoneId.of("Europe/Vienna"),
          "2026-03-08", ZoneId.of("America/New_York"),
          "2026-11-01", ZoneId.of("America/New_York"),
          "1967-04-30", ZoneId.of("America/New_York"),
          "2026-08-15", ZoneId.of("Asia/Kolkata"),
          "2026-04-05", ZoneId.of("Australia/Lord_Howe"),
          "2026-10-04", ZoneId.of("Australia/Lord_Howe"),
          "2026-02-28", ZoneId.of("UTC"));

  /** An event of one contract, with what the judge is to know of it by name. */
  record Happening(String type, Map<String, Object> fields) {
    long time() {
      return (Long) fields.get("event_time");
    }

    RawRecord canonical() {
      TestEvents event = TestEvents.event(type);
      if (!fields.containsKey("user_id")) {
        event.without("user_id");
      }
      fields.forEach(event::with);
      EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
      if (!decoder.decode(event.avro())) {
        throw new IllegalStateException(decoder.message());
      }
      Contract contract = decoder.contract();
      return event.record(
          new CanonicalEncoder("t")
              .encode(
                  contract.canonicalFingerprint(),
                  0,
                  contract.version(),
                  decoder.payload(),
                  decoder.payloadStart(),
                  time(),
                  null,
                  null));
    }
  }

  /** The stream of that seed. */
  static RandomStream of(long seed) {
    Random random = new Random(seed);
    List<String> days = DAYS.keySet().stream().sorted().toList();
    String day = days.get(random.nextInt(days.size()));
    MetricsConfig config = new RandomViews(random).config(DAYS.get(day));
    int size = random.nextInt(10) == 0 ? 80 + random.nextInt(121) : 5 + random.nextInt(50);
    int subjects = 1 + random.nextInt(8);
    Times times = new Times(random, LocalDate.parse(day), config);
    List<Happening> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(happening(random, "e" + i, times.next(), random.nextInt(subjects)));
    }
    return new RandomStream(seed, config, events);
  }

  private static Happening happening(Random random, String id, long time, int subject) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("event_id", id);
    fields.put("event_time", time);
    // Some are known by their device alone; of others the device is known too, and does not count.
    if (subject % 3 != 2) {
      fields.put("user_id", "u" + subject);
    }
    if (subject % 3 != 0) {
      fields.put("anonymous_id", "d" + subject % 2);
    }
    fields.put("source", random.nextBoolean() ? "web" : "app");
    String type = List.of("page", "view", "cart", "order", "goal").get(random.nextInt(5));
    return switch (type) {
      case "page" -> new Happening("page_viewed", fields);
      case "view" -> viewed(random, fields);
      case "cart" -> added(random, fields);
      case "order" -> ordered(random, fields);
      default -> reached(random, fields);
    };
  }

  private static Happening viewed(Random random, Map<String, Object> fields) {
    fields.put("product_id", PRODUCTS.get(random.nextInt(4)));
    if (random.nextBoolean()) {
      fields.put("category", random.nextBoolean() ? "shoes" : "hats");
    }
    price(random, fields);
    return new Happening("product_viewed", fields);
  }

  private static void price(Random random, Map<String, Object> fields) {
    if (random.nextBoolean()) {
      fields.put("price_cents", 1L + random.nextInt(1000));
    }
  }

  private static Happening added(Random random, Map<String, Object> fields) {
    fields.put("product_id", PRODUCTS.get(random.nextInt(4)));
    fields.put("quantity", 1 + random.nextInt(4));
    price(random, fields);
    return new Happening("cart_added", fields);
  }

  private static Happening ordered(Random random, Map<String, Object> fields) {
    if (random.nextBoolean()) {
      fields.put("product_id", PRODUCTS.get(random.nextInt(4)));
    }
    fields.put("quantity", 1 + random.nextInt(4));
    fields.put("amount_cents", random.nextInt(5) == 0 ? 0 : random.nextLong(1L << 40));
    fields.put("currency", random.nextBoolean() ? "USD" : "EUR");
    return new Happening("order_placed", fields);
  }

  /** Values whose sums are exact in whatever order they are added. */
  private static Happening reached(Random random, Map<String, Object> fields) {
    fields.put("value", (random.nextInt(2001) - 1000) / 64.0);
    return new Happening("goal_reached", fields);
  }

  /** Draws times. */
  private static final class Times {
    private static final List<Duration> STEPS =
        List.of(
            Duration.ZERO,
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1));
    private static final int[] SPREADS = {1, 3, 10, 70};

    private final Random random;
    private final LocalDate day;
    private final ZoneId zone;
    private final int spread;
    private final List<Duration> steps = new ArrayList<>(STEPS);
    private final List<Long> drawn = new ArrayList<>();

    Times(Random random, LocalDate day, MetricsConfig config) {
      this.random = random;
      this.day = day;
      this.zone = config.zone();
      spread = SPREADS[random.nextInt(SPREADS.length)];
      config.sessions().ifPresent(sessions -> steps.add(sessions.gap()));
      config.funnels().forEach(funnel -> steps.add(funnel.within()));
    }

    long next() {
      boolean anew = drawn.isEmpty() || random.nextInt(3) == 0;
      long time = anew ? midnight() : drawn.get(random.nextInt(drawn.size()));
      Duration step = steps.get(random.nextInt(steps.size()));
      time += step.toMillis() * (random.nextInt(5) - 2);
      time += random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 0;
      time += random.nextInt(8) == 0 ? random.nextInt(7_200_000) : 0;
      drawn.add(time);
      return time;
    }

    private long midnight() {
      LocalDate near = day.plusDays(random.nextBoolean() ? 0 : random.nextInt(spread + 1));
      return near.atStartOfDay(zone).toInstant().toEpochMilli();
    }
  }
}
