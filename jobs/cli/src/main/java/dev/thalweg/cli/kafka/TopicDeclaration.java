package dev.thalweg.cli.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a topic should be.
 *
 * @param name without the deployment's prefix
 * @param partitions how many; may only grow
 * @param replication copies of each partition
 * @param cleanup what becomes of old records
 * @param retention how long records stay; empty: for ever
 * @param maxMessageBytes largest batch that the broker accepts
 */
public record TopicDeclaration(
    String name,
    int partitions,
    short replication,
    Cleanup cleanup,
    Optional<Duration> retention,
    int maxMessageBytes) {

  /** The settings as brokers spell them. Records are always stamped by the broker. */
  public Map<String, String> settings() {
    return new TreeMap<>(
        Map.of(
            "cleanup.policy",
            cleanup.policy(),
            "retention.ms",
            Long.toString(retention.map(Duration::toMillis).orElse(-1L)),
            "max.message.bytes",
            Integer.toString(maxMessageBytes),
            "message.timestamp.type",
            "LogAppendTime"));
  }
}
