package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records to the topics of their routes as they were read, key and value; the timestamp is
 * left to the broker. Records of a route that has no topic, and those too long to be written, are
 * left out and counted ({@code routed_dropped}).
 */
final class RouteRecords
    implements KafkaRecordSerializationSchema<RoutedRecord>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final KafkaConfig kafka;
  private final String prefix;
  private final int maxRecordBytes;

  private transient RecordLimit limit;
  private transient Counter dropped;
  private transient PresentTopics topics;

  /**
   * A serializer.
   *
   * @param prefix what stands in front of a route's name
   */
  RouteRecords(KafkaConfig kafka, String prefix, int maxRecordBytes) {
    this.kafka = kafka;
    this.prefix = prefix;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    open(context, System::nanoTime);
  }

  void open(InitializationContext context, LongSupplier nanoTime) {
    dropped = context.getMetricGroup().counter("routed_dropped");
    limit = new RecordLimit(maxRecordBytes, dropped);
    topics = new PresentTopics(kafka, nanoTime);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      RoutedRecord routed, KafkaSinkContext context, Long timestamp) {
    String topic = prefix + routed.route();
    if (!topics.has(topic)) {
      dropped.inc();
      return null;
    }
    RawRecord record = routed.record();
    return limit.record(topic, record.key(), record.value());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofPattern(
                Pattern.compile(Pattern.quote(prefix) + ".*"))));
  }
}
