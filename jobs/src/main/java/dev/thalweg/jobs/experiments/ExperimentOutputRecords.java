package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.experiments.ExperimentOutput.Assignment;
import dev.thalweg.jobs.experiments.ExperimentOutput.Letter;
import dev.thalweg.jobs.experiments.ExperimentOutput.Routed;
import dev.thalweg.jobs.experiments.ExperimentOutput.Row;
import dev.thalweg.jobs.kafka.ExperimentRecords;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes each output to its topic. */
final class ExperimentOutputRecords
    implements KafkaRecordSerializationSchema<ExperimentOutput>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final ExperimentRecords records;

  ExperimentOutputRecords(ExperimentRecords records) {
    this.records = records;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    records.open(context, sinkContext);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      ExperimentOutput output, KafkaSinkContext context, Long timestamp) {
    if (output instanceof Row row) {
      return records.row(row.row());
    }
    if (output instanceof Assignment assignment) {
      return records.assignment(assignment.assignment());
    }
    return output instanceof Routed routed
        ? records.routed(routed.routed())
        : records.letter(((Letter) output).message());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(records.facet());
  }
}
