package dev.thalweg.jobs;

import java.io.Serializable;
import java.util.Objects;

/**
 * One of several Thalwegs on the same cluster: its name goes in front of all names that others see.
 *
 * @param name lower-case letters, digits and underscores; empty for the only one
 */
public record Deployment(String name) implements Serializable {
  /** Refuses names that would not do in every system. */
  public Deployment {
    if (!name.matches("([a-z][a-z0-9_]{0,30})?")) {
      throw new IllegalArgumentException(
          "use lower-case letters, digits and _, a letter first, at most 31");
    }
  }

  /** A topic, consumer group or transactional id as the brokers know it. */
  public String prefix(String plain) {
    Objects.requireNonNull(plain, "plain");
    return name.isEmpty() ? plain : name + "." + plain;
  }

  /** The PostgreSQL schema of the views. */
  public String schema() {
    return name.isEmpty() ? "views" : name + "_views";
  }
}
