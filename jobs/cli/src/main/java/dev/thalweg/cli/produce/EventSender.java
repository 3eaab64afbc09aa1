package dev.thalweg.cli.produce;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.record.OutgoingRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
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
  private static final long PROGRESS_INTERVAL = Duration.ofMillis(200).toNanos();
  private static final int RECORDS_BETWEEN_LOOKS = 64;

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
    long shown = start;
    long sent = 0;
    try {
      while (sending.failure.get() == null && records.hasNext()) {
        OutgoingRecord record = records.next();
        pace.awaitNext();
        producer.send(
            new ProducerRecord<>(topic, record.key(), record.value()),
            (metadata, exception) -> sending.done(record.line(), exception));
        sent++;
        if (sent % RECORDS_BETWEEN_LOOKS == 0 && System.nanoTime() - shown > PROGRESS_INTERVAL) {
          shown = System.nanoTime();
          progress.update(sent, sending.acknowledged.get());
        }
      }
      producer.flush();
    } catch (KafkaException e) {
      sending.failure.compareAndSet(null, e);
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
    progress.update(sent, sending.acknowledged.get());
    return sending.report(Duration.ofNanos(System.nanoTime() - start));
  }

  @Override
  public void close() {
    producer.close();
  }

  /** What the broker says, record by record; told by the producer's own thread. */
  private static final class Sending {

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

    SendReport report(Duration duration) {
      return new SendReport(acknowledged.get(), tooLarge.get(), firstTooLarge.get(), duration);
    }
  }
}
