package dev.thalweg.operators.testkit;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Collects what a job writes, for a test in the same process. At least once: after a failure it
 * holds what was written before, too. Close it, and what it holds is let go.
 *
 * @param <T> what it collects
 */
public final class CollectingSink<T> implements Sink<T>, AutoCloseable {
  private static final long serialVersionUID = 1L;

  /** Sinks are serialized into the job, so the test and the writers meet here, by id. */
  private static final Map<String, Queue<Object>> COLLECTED = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();

  /** A sink of its own. */
  public CollectingSink() {
    COLLECTED.put(id, new ConcurrentLinkedQueue<>());
  }

  /** What was written so far. */
  @SuppressWarnings("unchecked")
  public List<T> collected() {
    Queue<Object> queue = COLLECTED.get(id);
    return queue == null ? List.of() : (List<T>) List.copyOf(queue);
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new Writer<>(id);
  }

  @Override
  public void close() {
    COLLECTED.remove(id);
  }

  private record Writer<T>(String id) implements SinkWriter<T> {
    @Override
    public void write(T element, Context context) {
      Queue<Object> queue = COLLECTED.get(id);
      if (queue != null) {
        queue.add(element);
      }
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // The sink itself is closed by the test.
    }
  }
}
