package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.testkit.CanonicalValues;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.DeadLetterEncoder;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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

  /** How many dead letters there are; of every ten one is not of an exposure. */
  private static final int LETTERS = 200;

  static final int EXPOSURES_REFUSED = LETTERS - LETTERS / 10;

  private static final long MINUTE = 60_000;
  private static final int MINUTES = 3 * 24 * 60;

  private final List<Event> events = new ArrayList<>();
  private final CanonicalValues canonical = new CanonicalValues();
  private final DeadLetterEncoder encoder =
      new DeadLetterEncoder(TestEvents.catalog(), 1 << 20, "t");
  private final Random random;
  private final int users;

  private final List<RawRecord> letters = new ArrayList<>();

  private record Event(int partition, long time, RawRecord record) {}

  ExperimentsStream(int size, int users, long seed) {
    random = new Random(seed);
    this.users = users;
    for (int i = 0; i < size; i++) {
      add(i);
    }
    for (int i = 0; i < LETTERS; i++) {
      refuse(i);
    }
  }

  private void refuse(int number) {
    int user = random.nextInt(users);
    long time = START + random.nextInt(MINUTES) * MINUTE;
    TestEvents event =
        number % 10 == 0
            ? TestEvents.event("order_placed")
            : TestEvents.event("experiment_exposed")
                .with("experiment", number % 2 == 0 ? "first" : "second")
                .with("variant", user % 2 == 0 ? "control" : "treatment");
    event.id("r" + number).user("u" + user).at(time).arrived(time).from(0, number);
    Failure failure = number % 3 == 0 ? Failure.SCHEMA_VIOLATION : Failure.RULE_VIOLATION;
    DeadLetter letter =
        new DeadLetter("validate", failure, "refused", DeadLetter.UNKNOWN, event.jsonRecord());
    byte[] value = encoder.encode(letter, SchemaRegistry.NO_ID);
    Origin origin = new Origin("events.dead-letter", 0, number, time);
    letters.add(new RawRecord(null, value, origin));
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
    events.add(new Event(partition, time, event.record(canonical.of(event, time))));
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

  /** Dead letters, in any order, spread over as many partitions. */
  List<List<RawRecord>> letters(long seed) {
    List<RawRecord> shuffled = new ArrayList<>(letters);
    Collections.shuffle(shuffled, new Random(seed));
    List<List<RawRecord>> partitions = new ArrayList<>();
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(shuffled.subList(i * LETTERS / PARTITIONS, (i + 1) * LETTERS / PARTITIONS));
    }
    return partitions;
  }
}
