package dev.thalweg.operators.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.junit.jupiter.api.Test;

/** What an event costs, counted in accesses and bytes, never in seconds. */
final class DedupCostTest {
  private static final long NOON = TestEvents.NOON;
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** Ids a chunk may hold at most: on average 32, twice that before its split, and luck. */
  private static final int LARGEST_CHUNK = 128;

  @Test
  void aMillionIdsOfOneSubjectCostTheSameEach() throws Exception {
    CountingMap chunks = new CountingMap();
    Held<long[]> pairs = new Held<>();
    OlderEvents older = new OlderEvents(chunks, pairs, new Buckets(DAY), DAY);
    int ids = 1_000_000;
    SeenIds recent = new SeenIds();
    Random random = new Random(1);
    long half = 0;
    for (int i = 0; i < ids; i++) {
      recent.add(random.nextLong(), random.nextLong(), NOON + i);
      if (recent.size() == DeduplicateEvents.RECENT) {
        older.addAll(recent);
        recent.clear();
      }
      half = i == ids / 2 ? chunks.accesses : half;
    }
    // A read and a write for each id, and two and two more for each split, of 32 ids one.
    assertThat(chunks.accesses).isLessThan(3L * ids);
    assertThat(chunks.accesses - half).isLessThan(half + half / 50);
    assertThat(chunks.largest).isLessThan(LARGEST_CHUNK);
    long before = chunks.accesses;
    for (int i = 0; i < 1_000; i++) {
      older.contains(random.nextLong(), random.nextLong(), NOON + ids);
    }
    assertThat(chunks.accesses - before).isLessThanOrEqualTo(1_000L * pairs.value().length / 2);
  }

  @Test
  void aHotSubjectAmongOthersStaysInSmallChunksAndIsForgotten() throws Exception {
    try (var harness = DeduplicateEventsTest.plan(Duration.ofDays(1)).open()) {
      int events = 200_000;
      for (int i = 0; i < events; i++) {
        String subject = i % 10 == 0 ? "u" + i % 1_000 : "hot";
        harness.process(DeduplicateEventsModelTest.event(subject, i, NOON + i));
        harness.flink().getOutput().clear();
      }
      assertThat(largestChunk(harness, "hot")).isBetween(32, LARGEST_CHUNK);
      Event again = DeduplicateEventsModelTest.event("hot", 1, NOON + events);
      assertThat(harness.process(again).drain().get(0)).isNotInstanceOf(Event.class);
      harness.watermark(NOON + 3 * DAY).assertNothingLeft();
    }
  }

  private static int largestChunk(OperatorHarness<Message, Message> harness, String subject)
      throws Exception {
    KeyedStateBackend<String> backend = harness.flink().getOperator().getKeyedStateBackend();
    backend.setCurrentKey(subject);
    MapState<ChunkKey, SeenIds> chunks =
        backend.getPartitionedState(
            VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, DedupState.olderEvents());
    int largest = 0;
    for (SeenIds ids : chunks.values()) {
      largest = Math.max(largest, ids.size());
    }
    return largest;
  }

  @Test
  void lookingUpTheIdsOfAnOrdinarySubjectAllocatesNothing() {
    SeenIds ids = new SeenIds();
    for (int i = 0; i < 32; i++) {
      ids.add(i, i, NOON);
    }
    assertThat(bytesPerLookup(i -> ids.contains(i & 31, i & 31, NOON, DAY))).isLessThan(0.1);
  }

  @Test
  void lookingUpTheIdsOfABusySubjectAllocatesNothing() throws Exception {
    OlderEvents older = new OlderEvents(new CountingMap(), new Held<>(), new Buckets(DAY), DAY);
    SeenIds recent = new SeenIds();
    for (int i = 0; i < 100_000; i++) {
      recent.add(i, mixed(i), NOON);
    }
    older.addAll(recent);
    assertThat(bytesPerLookup(i -> older.contains(i, mixed(i), NOON))).isLessThan(0.1);
  }

  private static long mixed(long i) {
    return i * 0x9e3779b97f4a7c15L >>> 7;
  }

  @Test
  void droppingADuplicateAllocatesNoMoreThanTheMessageThatTellsOfIt() throws Exception {
    try (var harness = DeduplicateEventsTest.plan(Duration.ofDays(1)).open()) {
      Event event = DeduplicateEventsModelTest.event("u", 1, NOON);
      harness.process(event);
      var operator = harness.flink().getOneInputOperator();
      var record = new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<Message>(event);
      double perEvent =
          bytesPerLookup(
              i -> {
                operator.setKeyContextElement1(record);
                operator.processElement(record);
                harness.flink().getOutput().clear();
                return true;
              });
      // The message (24), and what the harness keeps of it: a record, its copy, a queue's node.
      assertThat(perEvent).isLessThan(200);
    }
  }

  private interface Lookup {
    boolean test(int i) throws Exception;
  }

  private static double bytesPerLookup(Lookup lookup) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int rounds = 100_000;
    double least = Double.MAX_VALUE;
    // The first rounds run interpreted; the least of several is that of compiled code.
    for (int attempt = 0; attempt < 5; attempt++) {
      long before = threads.getThreadAllocatedBytes(thread);
      run(lookup, rounds);
      long bytes = threads.getThreadAllocatedBytes(thread) - before;
      least = Math.min(least, (double) bytes / rounds);
    }
    return least;
  }

  private static void run(Lookup lookup, int rounds) {
    for (int i = 0; i < rounds; i++) {
      try {
        if (!lookup.test(i)) {
          throw new AssertionError("not found: " + i);
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class Held<T> implements ValueState<T> {
    private T value;

    @Override
    public T value() {
      return value;
    }

    @Override
    public void update(T value) {
      this.value = value;
    }

    @Override
    public void clear() {
      value = null;
    }
  }

  /** A map in memory, as on the heap backend, that counts. */
  private static final class CountingMap implements MapState<ChunkKey, SeenIds> {
    private final Map<ChunkKey, SeenIds> map = new HashMap<>();
    private long accesses;
    private int largest;

    @Override
    public SeenIds get(ChunkKey key) {
      accesses++;
      return map.get(key);
    }

    @Override
    public void put(ChunkKey key, SeenIds value) {
      accesses++;
      largest = Math.max(largest, value.size());
      map.put(key, value);
    }

    @Override
    public void putAll(Map<ChunkKey, SeenIds> more) {
      more.forEach(this::put);
    }

    @Override
    public void remove(ChunkKey key) {
      accesses++;
      map.remove(key);
    }

    @Override
    public boolean contains(ChunkKey key) {
      accesses++;
      return map.containsKey(key);
    }

    @Override
    public Iterable<Map.Entry<ChunkKey, SeenIds>> entries() {
      return map.entrySet();
    }

    @Override
    public Iterable<ChunkKey> keys() {
      return map.keySet();
    }

    @Override
    public Iterable<SeenIds> values() {
      return map.values();
    }

    @Override
    public Iterator<Map.Entry<ChunkKey, SeenIds>> iterator() {
      return map.entrySet().iterator();
    }

    @Override
    public boolean isEmpty() {
      return map.isEmpty();
    }

    @Override
    public void clear() {
      map.clear();
    }
  }
}
