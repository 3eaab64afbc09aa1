package dev.thalweg.jobs.kafka;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
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
 * Writes documents and decisions, and no other rows, as JSON under their experiment. The record's
 * timestamp is left to the broker. What is too long to be written is left out and counted ({@code
 * experiment_rows_dropped}).
 */
final class ExperimentRowRecords
    implements KafkaRecordSerializationSchema<ExperimentRow>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final String scorecards;
  private final String decisions;
  private final int maxRecordBytes;
  private final RunEpoch epoch;

  private transient RecordLimit limit;

  ExperimentRowRecords(String scorecards, String decisions, int maxRecordBytes, RunEpoch epoch) {
    this.scorecards = scorecards;
    this.decisions = decisions;
    this.maxRecordBytes = maxRecordBytes;
    this.epoch = epoch;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    limit =
        new RecordLimit(
            maxRecordBytes, context.getMetricGroup().counter("experiment_rows_dropped"));
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ExperimentRow row, KafkaSinkContext context, Long timestamp) {
    if (row instanceof Document document) {
      return limit.record(scorecards, document.experiment(), json(document));
    }
    return row instanceof Decided decided
        ? limit.record(decisions, decided.experiment(), json(decided))
        : null;
  }

  /** The run is not known to whoever makes documents, so that the version goes in here. */
  private String json(Document document) {
    return "{\"version\":%d,%s"
        .formatted(epoch.version(document.version()), document.json().substring(1));
  }

  private static String json(Decided decided) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("experiment", decided.experiment());
    json.put("phase", decided.phase());
    json.put("decided_at", Instant.ofEpochMilli(decided.decidedAt()).toString());
    json.put("decision", decided.decision().verdict().label());
    json.put("variant", decided.decision().variant());
    json.put("reason", decided.decision().reason());
    json.putRawValue("evidence", new RawValue(decided.evidence()));
    return json.toString();
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(
            DefaultKafkaDatasetIdentifier.ofTopics(List.of(scorecards, decisions))));
  }
}
