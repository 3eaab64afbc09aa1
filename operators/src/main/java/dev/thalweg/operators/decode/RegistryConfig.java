package dev.thalweg.operators.decode;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a schema registry is used.
 *
 * @param factory how to reach it
 * @param eventsTopic topic of raw events; what is registered under its subjects is looked up first
 * @param canonicalTopic topic of canonical records, whose schemas are registered under its subjects
 */
public record RegistryConfig(RegistryFactory factory, String eventsTopic, String canonicalTopic)
    implements Serializable {
  /** Refuses missing parts. */
  public RegistryConfig {
    Objects.requireNonNull(factory, "factory");
    Objects.requireNonNull(eventsTopic, "eventsTopic");
    Objects.requireNonNull(canonicalTopic, "canonicalTopic");
  }
}
