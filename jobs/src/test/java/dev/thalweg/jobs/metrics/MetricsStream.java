package dev.thalweg.jobs.metrics;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.EventDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Canonical events of some days, around a change of the clock and into the next month, and the
 * orders in which they may come. As in a topic, all events of a subject are in one partition.
 */
final class MetricsStream {
  static final int PARTITIONS = 4;

  static final long START = Instant.parse("2026-10-24T17:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  static final long DAY = 24 * 60 * MINUTE;
  private static final int DAYS = 8;
  private static final int SUBJECTS = 60;

  private final List<Event> events = new ArrayList<>();
  private final EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
  private final CanonicalEncoder encoder = new CanonicalEncoder("t");

  private record Event(String subject, long time, RawRecord record) {
    int partition() {
      return Math.floorMod(subject.hashCode(), PARTITIONS);
    }
  }

  MetricsStream(int size, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      String subject = "u" + random.nextInt(SUBJECTS);
      long time = time(random);
      events.add(new Event(subject, time, canonical(random, subject, "e" + i, time)));
    }
  }

  /** Often half an hour or nothing from another, so that sessions meet and ties are many. */
  private long time(Random random) {
    if (events.isEmpty() || random.nextInt(3) == 0) {
      return START + random.nextLong(DAYS * DAY / MINUTE) * MINUTE;
    }
    long other = events.get(random.nextInt(events.size())).time();
    return Math.max(START, other + 10 * MINUTE * (random.nextInt(7) - 3));
  }

  private RawRecord canonical(Random random, String subject, String id, long time) {
    String product = "p" + random.nextInt(4);
    long cents = random.nextInt(5000);
    TestEvents event =
        switch (random.nextInt(5)) {
          case 0 -> TestEvents.event("page_viewed");
          case 1 -> TestEvents.event("product_viewed").with("product_id", product);
          case 2 -> TestEvents.event("cart_added").with("product_id", product);
          case 3 -> TestEvents.event("goal_reached").with("value", random.nextGaussian());
          default ->
              TestEvents.event("order_placed")
                  .with("amount_cents", cents)
                  .with("currency", cents % 2 == 0 ? "USD" : "EUR");
        };
    return canonical(event.id(id).user(subject), time);
  }

  /** The record of an event of that time, which arrived at once. */
  RawRecord canonical(TestEvents event, long time) {
    event.at(time).arrived(time);
    if (!decoder.decode(event.avro())) {
      throw new IllegalStateException(decoder.message());
    }
    byte[] value =
        encoder.encode(
            decoder.contract().canonicalFingerprint(),
            0,
            decoder.contract().version(),
            decoder.payload(),
            decoder.payloadStart(),
            time,
            null,
            null);
    return event.record(value);
  }

  private List<List<RawRecord>> inOrder(Comparator<Event> order) {
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      int wanted = i;
      partitions.add(
          events.stream()
              .filter(event -> event.partition() == wanted)
              .sorted(order)
              .map(Event::record)
              .toList());
    }
    return partitions;
  }

  /** By event time. */
  List<List<RawRecord>> byTime() {
    return inOrder(Comparator.comparingLong(Event::time));
  }

  /** As files may have them: one for each day, its events grouped by subject. */
  List<List<RawRecord>> byFile() {
    return inOrder(
        Comparator.<Event>comparingLong(event -> Math.floorDiv(event.time(), DAY))
            .thenComparing(Event::subject)
            .thenComparingLong(Event::time));
  }

  /** At random, each event as late as that at most. */
  List<List<RawRecord>> shuffled(long seed, Duration latest) {
    Random random = new Random(seed);
    Map<Event, Long> turns = new HashMap<>();
    events.forEach(event -> turns.put(event, event.time() + random.nextLong(latest.toMillis())));
    return inOrder(Comparator.comparingLong(turns::get));
  }
}
