package dev.thalweg.schemas.export;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The topic that carries a stream, as far as it is known.
 *
 * @param name the topic's name on the brokers
 * @param partitions how many it has
 * @param replicas copies of each partition
 * @param settings the topic's settings as brokers spell them
 */
public record StreamTopic(
    String name, OptionalInt partitions, OptionalInt replicas, Map<String, String> settings) {

  /** Refuses missing parts; settings are kept in the order of their names. */
  public StreamTopic {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(partitions, "partitions");
    Objects.requireNonNull(replicas, "replicas");
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** A topic of which only the name is known. */
  public static StreamTopic named(String name) {
    return new StreamTopic(name, OptionalInt.empty(), OptionalInt.empty(), Map.of());
  }
}
