package dev.thalweg.jobs.kafka;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes assignments as JSON under the unit's value. The record's timestamp is left to the broker.
 * What is too long to be written is left out and counted ({@code assignments_dropped}): a unit may
 * be as long as its event, and stands in key and value.
 */
final class AssignmentRecords
    implements KafkaRecordSerializationSchema<UnitAssignment>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int maxRecordBytes;

  private transient RecordLimit limit;

  AssignmentRecords(String topic, int maxRecordBytes) {
    this.topic = topic;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    limit =
        new RecordLimit(maxRecordBytes, context.getMetricGroup().counter("assignments_dropped"));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      UnitAssignment assignment, KafkaSinkContext context, Long timestamp) {
    int equals = assignment.unit().indexOf('=');
    String kind = assignment.unit().substring(0, equals);
    String unit = assignment.unit().substring(equals + 1);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("unit", unit);
    json.put("unit_kind", kind);
    json.put("experiment", assignment.experiment());
    json.put("phase", assignment.phase());
    json.put("variant", assignment.variant());
    json.put("exposed_at", Instant.ofEpochMilli(assignment.exposedAt()).toString());
    json.put("arrival", Instant.ofEpochMilli(assignment.arrival()).toString());
    return limit.record(topic, unit, json.toString());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
