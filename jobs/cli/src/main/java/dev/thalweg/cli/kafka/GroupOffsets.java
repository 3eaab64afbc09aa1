package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Where consumer groups are. */
public record GroupOffsets(KafkaConnection kafka) {

  /** The offsets that a group committed, by topic and partition. */
  public Map<String, Map<String, Long>> committed(String group) {
    Map<String, Map<String, Long>> offsets = new TreeMap<>();
    try (Admin admin = kafka.admin()) {
      admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach(
              (partition, offset) ->
                  offsets
                      .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                      .put(Integer.toString(partition.partition()), offset.offset()));
      return offsets;
    } catch (ExecutionException | KafkaException e) {
      throw CommandFailure.failed(
          "Kafka at %s: %s".formatted(kafka.bootstrap(), RootCause.of(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
