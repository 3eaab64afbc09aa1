package dev.thalweg.cli.produce;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.record.OutgoingRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to one topic and knows of each whether the broker has it. Records of one key keep
 * their order.
 */
public final class EventSender implements AutoCloseable {

  private static final Duration CLOSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(200);

  /** Survives a restart of the broker, but not its absence. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String bootstrap;
  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private EventSender(String bootstrap, String topic, KafkaProducer<byte[], byte[]> producer) {
    this.bootstrap = bootstrap;
    this.topic = topic;
    this.producer = producer;
  }

  /**
   * Connects to a broker.
   *
   * @throws CommandFailure if within seconds it does not answer, or has no such topic
   */
  public static EventSender connect(String bootstrap, String topic) {
    int largest = TopicCheck.largestRecord(bootstrap, topic);
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            largest,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            Math.max(64L << 20, 4L * largest),
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 17,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Math.toIntExact(PATIENCE.toMillis()),
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            PATIENCE.toMillis());
    return new EventSender(
        bootstrap,
        topic,
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Sends all records and waits until the broker has them. A record that is too large is left out
   * and reported.
   *
   * @throws CommandFailure if the broker does not take them; says how many it has
   */
  public SendReport send(Iterator<OutgoingRecord> records, Pace pace, SendProgress progress) {
    Sending sending = new Sending();
    long start = System.nanoTime();
    // Sending can stand still for minutes while the broker is away; progress is shown all the same.
    ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(EventSender::daemon);
    Future<?> ticks =
        ticker.scheduleAtFixedRate(
            () -> sending.tell(progress), 0, PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    try {
      sendAll(records, pace, sending);
    } catch (KafkaException e) {
      sending.failure.compareAndSet(null, e);
    } finally {
      ticks.cancel(false);
      ticker.shutdown();
    }
    Exception failure = sending.failure.get();
    if (failure != null) {
      producer.close(CLOSE_AFTER_FAILURE);
      throw CommandFailure.failed(
          String.format(
              "Kafka at %s stopped taking records for %s after %d: %s",
              bootstrap, topic, sending.acknowledged.get(), RootCause.of(failure)),
          failure);
    }
    sending.tell(progress);
    return sending.report(Duration.ofNanos(System.nanoTime() - start));
  }

  private void sendAll(Iterator<OutgoingRecord> records, Pace pace, Sending sending) {
    while (sending.failure.get() == null && records.hasNext()) {
      OutgoingRecord record = records.next();
      pace.awaitNext();
      producer.send(
          new ProducerRecord<>(topic, record.key(), record.value()),
          (metadata, exception) -> sending.done(record.line(), exception));
      sending.sent.incrementAndGet();
    }
    producer.flush();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    producer.close();
  }

  /** What the broker says, record by record; told by the producer's own thread. */
  private static final class Sending {

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong tooLarge = new AtomicLong();
    private final AtomicLong firstTooLarge = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    void done(long line, Exception exception) {
      if (exception == null) {
        acknowledged.incrementAndGet();
      } else if (exception instanceof RecordTooLargeException) {
        tooLarge.incrementAndGet();
        firstTooLarge.compareAndSet(0, line);
      } else {
        failure.compareAndSet(null, exception);
      }
    }

    synchronized void tell(SendProgress progress) {
      progress.update(sent.get(), acknowledged.get());
    }

    SendReport report(Duration duration) {
      return new SendReport(acknowledged.get(), tooLarge.get(), firstTooLarge.get(), duration);
    }
  }
}
