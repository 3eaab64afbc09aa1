package dev.thalweg.jobs.kafka;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of all that a job of experiments writes; what has none is null. */
public final class ExperimentRecords implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExperimentTopics topics;
  private final ExperimentRowRecords rows;
  private final AssignmentRecords assignments;
  private final RouteRecords routes;
  private final MessageRecords letters;

  ExperimentRecords(
      KafkaConfig kafka,
      ExperimentTopics topics,
      MessageRecords letters,
      int maxRecordBytes,
      RunEpoch epoch) {
    this.topics = topics;
    rows = new ExperimentRowRecords(topics.scorecards(), topics.decisions(), maxRecordBytes, epoch);
    assignments = new AssignmentRecords(topics.assignments(), maxRecordBytes);
    routes = new RouteRecords(kafka, topics.routes(), maxRecordBytes);
    this.letters = letters;
  }

  /** Once, before all else. */
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    rows.open(context, sinkContext);
    assignments.open(context, sinkContext);
    routes.open(context, sinkContext);
    letters.open(context, sinkContext);
  }

  /** The record of a document or a decision; other rows have none. */
  public ProducerRecord<byte[], byte[]> row(ExperimentRow row) {
    return rows.serialize(row, null, null);
  }

  /** The record of an assignment. */
  public ProducerRecord<byte[], byte[]> assignment(UnitAssignment assignment) {
    return assignments.serialize(assignment, null, null);
  }

  /** The record as it was read; none where its route has no topic. */
  public ProducerRecord<byte[], byte[]> routed(RoutedRecord routed) {
    return routes.serialize(routed, null, null);
  }

  /** The record of a dead letter. */
  public ProducerRecord<byte[], byte[]> letter(Message letter) {
    return letters.serialize(letter, null, null);
  }

  /** The topics that are known by name; those of routes are not. */
  public KafkaDatasetFacet facet() {
    return new DefaultKafkaDatasetFacet(
        DefaultKafkaDatasetIdentifier.ofTopics(
            List.of(
                topics.scorecards(),
                topics.decisions(),
                topics.assignments(),
                topics.deadLetter())));
  }
}
