package dev.thalweg.jobs.registry;

import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that is asked again, ever more slowly, until it answers; an interrupt ends the wait
 * with an exception. That an id has no schema is believed for seconds, so that a flood of bad
 * records is not one of questions. Not thread safe.
 *
 * <p>Counts {@code registry_requests_sent} and {@code registry_requests_failed}; the gauge {@code
 * registry_away} is 1 while it waits.
 */
final class PatientRegistry implements SchemaRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PatientRegistry.class);
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration ABSENT_FOR = Duration.ofSeconds(10);
  private static final int MOST_ABSENT = 10_000;

  private final SchemaRegistry registry;
  private final Map<Integer, Long> absentSince;
  private final Duration absentFor;
  private final Counter sent;
  private final Counter failed;
  private volatile boolean away;

  PatientRegistry(SchemaRegistry registry, MetricGroup metrics) {
    this(registry, metrics, ABSENT_FOR);
  }

  /** One that believes for so long that an id has no schema. */
  PatientRegistry(SchemaRegistry registry, MetricGroup metrics, Duration absentFor) {
    this.registry = registry;
    this.absentFor = absentFor;
    this.absentSince = new Latest<>(MOST_ABSENT);
    this.sent = metrics.counter("registry_requests_sent");
    this.failed = metrics.counter("registry_requests_failed");
    metrics.gauge("registry_away", () -> away ? 1 : 0);
  }

  @Override
  public String schema(int id) {
    Long since = absentSince.get(id);
    if (since != null && System.nanoTime() - since < absentFor.toNanos()) {
      return null;
    }
    String text = answer(() -> registry.schema(id));
    if (text == null) {
      absentSince.put(id, System.nanoTime());
    }
    return text;
  }

  @Override
  public OptionalInt find(String subject, Schema schema) {
    return answer(() -> registry.find(subject, schema));
  }

  @Override
  public int register(String subject, Schema schema) {
    return answer(() -> registry.register(subject, schema));
  }

  @Override
  public boolean answers() {
    sent.inc();
    if (registry.answers()) {
      return true;
    }
    failed.inc();
    LOG.warn("The schema registry at {} gives no answer now; it is asked when needed", registry);
    return false;
  }

  private <T> T answer(Supplier<T> question) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    try {
      while (true) {
        sent.inc();
        try {
          T answer = question.get();
          sayBack(begin);
          return answer;
        } catch (RegistryAwayException e) {
          failed.inc();
          sayAway(e);
        }
        pause(pause);
        pause = Math.min(LONGEST_PAUSE_NANOS, pause * 2);
      }
    } finally {
      away = false;
    }
  }

  /** The half of it is left to chance, so that subtasks do not ask all at once. */
  private static void pause(long nanos) {
    long end = System.nanoTime() + ThreadLocalRandom.current().nextLong(nanos / 2, nanos);
    for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
      LockSupport.parkNanos(rest);
      if (Thread.currentThread().isInterrupted()) {
        throw new SchemaRegistryException("interrupted while waiting for the schema registry");
      }
    }
  }

  private void sayAway(RegistryAwayException why) {
    if (!away) {
      away = true;
      LOG.warn("The schema registry is asked until it answers: {}", why.getMessage());
    }
  }

  private void sayBack(long begin) {
    if (away) {
      LOG.info(
          "The schema registry answers again, after {} ms",
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
  }

  /** Forgets the oldest. */
  private static final class Latest<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    Latest(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}
