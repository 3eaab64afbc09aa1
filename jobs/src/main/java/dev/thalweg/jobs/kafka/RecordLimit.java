package dev.thalweg.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes records, and leaves out and counts those that are too long to be written: they would fail
 * the job for ever.
 */
final class RecordLimit {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLimit.class);

  private final int maxRecordBytes;
  private final Counter dropped;

  /**
   * A limit.
   *
   * @param maxRecordBytes longest key and value together
   * @param dropped counts what is left out
   */
  RecordLimit(int maxRecordBytes, Counter dropped) {
    this.maxRecordBytes = maxRecordBytes;
    this.dropped = dropped;
  }

  /** A record of texts; null if it is too long. */
  ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return record(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  /** A record, whose parts may be null; null if it is too long. */
  ProducerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value) {
    long bytes = (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
    if (bytes > maxRecordBytes) {
      dropped.inc();
      LOG.warn("{}: a record of {} bytes, more than can be written; it is left out", topic, bytes);
      return null;
    }
    return new ProducerRecord<>(topic, key, value);
  }
}
