package dev.thalweg.jobs.kafka;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.metrics.ViewRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes values of metrics, and no other rows, by their contract, under a key of metric, dimensions
 * and window, so that compaction leaves the latest of each; of a session, whose end moves on, the
 * key has the beginning, and one that is gone leaves a tombstone. The record's timestamp is left to
 * the broker. A value whose dimensions are too long to be written is left out and counted; it would
 * fail the job for ever.
 */
final class MetricValueRecords
    implements KafkaRecordSerializationSchema<ViewRow>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  /** Stands for an end that is open, as in ISO 8601-2. */
  private static final String OPEN_END = "..";

  private static final Logger LOG = LoggerFactory.getLogger(MetricValueRecords.class);

  private final CatalogFactory catalog;
  private final String topic;
  private final int maxRecordBytes;
  private final RunEpoch epoch;

  private transient Counter dropped;
  private transient Contract contract;
  private transient AvroBuffer buffer;

  /**
   * A serializer.
   *
   * @param maxRecordBytes longest key and value together that can be written
   */
  MetricValueRecords(CatalogFactory catalog, String topic, int maxRecordBytes, RunEpoch epoch) {
    this.catalog = catalog;
    this.topic = topic;
    this.maxRecordBytes = maxRecordBytes;
    this.epoch = epoch;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    dropped = context.getMetricGroup().counter("metric_values_dropped");
    contract = catalog.load().record("metric_value");
    buffer = new AvroBuffer();
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ViewRow any, KafkaSinkContext context, Long timestamp) {
    if (any instanceof MetricValue row) {
      return written(row, Instant.ofEpochMilli(row.windowEnd()).toString(), false);
    }
    return any instanceof SessionValue session
        ? written(session.value(), OPEN_END, session.removed())
        : null;
  }

  private ProducerRecord<byte[], byte[]> written(MetricValue row, String end, boolean removed) {
    byte[] key = key(row, end).getBytes(StandardCharsets.UTF_8);
    byte[] value = value(row);
    if (key.length + value.length > maxRecordBytes) {
      dropped.inc();
      LOG.warn(
          "{}: a value of {} bytes, more than can be written; it is left out",
          row.metric(),
          value.length);
      return null;
    }
    return new ProducerRecord<>(topic, key, removed ? null : value);
  }

  private static String key(MetricValue row, String end) {
    return row.metric()
        + ' '
        + row.dimensions()
        + ' '
        + Instant.ofEpochMilli(row.windowStart())
        + '/'
        + end;
  }

  private byte[] value(MetricValue row) {
    buffer
        .reset()
        .header(contract.fingerprint())
        .text(row.metric())
        .text(row.dimensions())
        .number(row.windowStart())
        .number(row.windowEnd());
    if (row.value() == null) {
      buffer.number(0);
    } else {
      buffer.number(1).number(row.value().doubleValue());
    }
    return buffer.number(row.events()).number(epoch.version(row.version())).toByteArray();
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
