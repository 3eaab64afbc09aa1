package dev.thalweg.jobs.experiments;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.EventDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Canonical events of users that are exposed to experiments, and the orders in which they may come.
 * As in a topic, all events of a user are in one partition. Each event keeps its place in the topic
 * whatever the order, so that what is said of places may be compared.
 */
final class ExperimentsStream {
  static final int PARTITIONS = 4;
  static final long START = TestEvents.NOON;

  private static final long MINUTE = 60_000;
  private static final int MINUTES = 3 * 24 * 60;

  private final List<Event> events = new ArrayList<>();
  private final EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
  private final CanonicalEncoder encoder = new CanonicalEncoder("t");
  private final Random random;
  private final int users;

  private record Event(int partition, long time, RawRecord record) {}

  ExperimentsStream(int size, int users, long seed) {
    random = new Random(seed);
    this.users = users;
    for (int i = 0; i < size; i++) {
      add(i);
    }
  }

  /** Times are whole minutes, and often those of another event, so that ties are many. */
  private void add(int number) {
    int user = random.nextInt(users);
    boolean tie = number > 0 && random.nextInt(3) == 0;
    long time =
        tie ? events.get(random.nextInt(number)).time() : START + random.nextInt(MINUTES) * MINUTE;
    String subject = "u" + user;
    int partition = Math.floorMod(subject.hashCode(), PARTITIONS);
    TestEvents event = event(user).id("e" + number).user(subject).at(time).arrived(time);
    event.from("events.canonical").from(partition, number);
    events.add(new Event(partition, time, event.record(canonical(event, time))));
  }

  private TestEvents event(int user) {
    return switch (random.nextInt(4)) {
      case 0 -> exposed("first", user);
      case 1 -> exposed("second", user);
      case 2 ->
          TestEvents.event("goal_reached").with("goal", random.nextBoolean() ? "buy" : "read");
      default -> TestEvents.event("order_placed").with("amount_cents", random.nextLong(5000));
    };
  }

  /** Mostly to the user's own variant; some see both, some one that there is not. */
  private TestEvents exposed(String experiment, int user) {
    int own = user % 2;
    int seen = random.nextInt(40) == 0 ? random.nextInt(3) : own;
    return TestEvents.event("experiment_exposed")
        .with("experiment", experiment)
        .with("variant", List.of("control", "treatment", "none").get(seen))
        .with("surface", random.nextInt(10) == 0 ? "bot" : "web");
  }

  private byte[] canonical(TestEvents event, long arrival) {
    if (!decoder.decode(event.avro())) {
      throw new IllegalStateException(decoder.message());
    }
    return encoder.encode(
        decoder.contract().canonicalFingerprint(),
        0,
        decoder.contract().version(),
        decoder.payload(),
        decoder.payloadStart(),
        arrival,
        null,
        null);
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

  /** At random, each event as late as that at most. */
  List<List<RawRecord>> shuffled(long seed, Duration latest) {
    Random turn = new Random(seed);
    Map<Event, Long> turns = new HashMap<>();
    events.forEach(event -> turns.put(event, event.time() + turn.nextLong(latest.toMillis())));
    return inOrder(Comparator.comparingLong(turns::get));
  }
}
