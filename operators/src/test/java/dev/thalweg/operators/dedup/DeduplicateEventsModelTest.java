package dev.thalweg.operators.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The operator against the definition, word for word: a map that never forgets. */
final class DeduplicateEventsModelTest {
  private static final long RETENTION = 4_000;
  private static final int DISORDER = 1_500;
  private static final Event TEMPLATE = TestEvents.event("page_viewed").decoded();

  /** First arrivals by subject and id. */
  private static final class Model {
    private final Map<String, List<Long>> firstArrivals = new HashMap<>();

    boolean isFirst(String subject, long id, long arrival) {
      List<Long> first = firstArrivals.computeIfAbsent(subject + id, key -> new ArrayList<>());
      for (long earlier : first) {
        if (Math.abs(arrival - earlier) <= RETENTION) {
          return false;
        }
      }
      first.add(arrival);
      return true;
    }
  }

  @Property(tries = 40, seed = "1")
  void agreesWithTheDefinitionOnTheHeap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int ids) throws Exception {
    compare(Backend.HEAP, seed, ids, 4_000);
  }

  @Property(tries = 8, seed = "2")
  void agreesWithTheDefinitionOnRocksDb(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 600) int ids) throws Exception {
    compare(Backend.ROCKSDB, seed, ids, 2_000);
  }

  private record Arrived(String subject, long id, long arrival) {}

  /**
   * Nine of ten events are of one subject; of four events one comes again at the very end of its
   * retention, where that is neither before the watermark nor in the future. One restore on the
   * way.
   */
  private static void compare(Backend backend, long seed, int ids, int events) throws Exception {
    Random random = new Random(seed);
    Model model = new Model();
    List<Arrived> history = new ArrayList<>();
    var plan = DeduplicateEventsTest.plan(Duration.ofMillis(RETENTION)).on(backend);
    OperatorHarness<Message, Message> harness = plan.open();
    long now = TestEvents.NOON;
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < events; i++) {
      now += random.nextInt(40);
      Arrived next = atTheEdge(history, watermark, now, random);
      if (next == null) {
        String subject = random.nextInt(10) == 0 ? "u" + random.nextInt(5) : "busy";
        long arrival = Math.max(watermark, now - random.nextInt(DISORDER));
        next = new Arrived(subject, random.nextInt(ids), arrival);
      }
      history.add(next);
      Event event = event(next.subject, next.id, next.arrival);
      assertThat(harness.process(event).drain().get(0) instanceof Event)
          .as("event %d: %s", i, next)
          .isEqualTo(model.isFirst(next.subject, next.id, next.arrival));
      if (random.nextInt(10) == 0) {
        // Nothing that arrived before the watermark comes after it.
        watermark = Math.max(watermark, now - random.nextInt(2 * DISORDER));
        harness.watermark(watermark);
      }
      if (i == events / 2) {
        var snapshot = harness.snapshot();
        harness.close();
        harness = plan.restore(snapshot);
      }
    }
    harness.watermark(now + 2 * RETENTION).assertNothingLeft();
    harness.close();
  }

  /** Something that arrived before, once more at the end of its retention; or null. */
  private static Arrived atTheEdge(List<Arrived> history, long watermark, long now, Random random) {
    if (history.isEmpty() || random.nextInt(4) != 0) {
      return null;
    }
    Arrived earlier = history.get(random.nextInt(history.size()));
    for (int tries = 0; tries < 20; tries++) {
      long arrival = earlier.arrival + RETENTION + random.nextInt(3) - 1;
      if (arrival >= watermark && arrival <= now) {
        return new Arrived(earlier.subject, earlier.id, arrival);
      }
      earlier = history.get(Math.max(0, history.size() - 1 - random.nextInt(400)));
    }
    return null;
  }

  /** The id stands for its hash: spread in both halves, as Murmur spreads it. */
  static Event event(String subject, long id, long arrival) {
    return Event.builder()
        .subject(subject, true)
        .id(mix(id), mix(~id))
        .contract(TEMPLATE.contract())
        .payload(TEMPLATE.payload(), TEMPLATE.payloadStart())
        .origin(new Origin(TestEvents.TOPIC, 0, 0, arrival))
        .build();
  }

  private static long mix(long value) {
    long z = (value + 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
