package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How much a topic holds. */
public record TopicSize(KafkaConnection kafka, String topic) {
  /**
   * Offsets between the first and the last; as many records where nobody writes in transactions.
   */
  public long records() {
    try (Admin admin = kafka.admin()) {
      return offsets(admin, OffsetSpec.latest()) - offsets(admin, OffsetSpec.earliest());
    } catch (ExecutionException | KafkaException e) {
      throw CommandFailure.failed(
          "Kafka at %s: %s".formatted(kafka.bootstrap(), RootCause.of(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }

  private long offsets(Admin admin, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(java.util.List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> wanted =
        description.partitions().stream()
            .collect(
                Collectors.toMap(
                    part -> new TopicPartition(topic, part.partition()), part -> spec));
    return admin.listOffsets(wanted).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }
}
