package dev.thalweg.cli;

/**
 * One of several Thalwegs on the same cluster: its name goes in front of all names that others see.
 *
 * @param name lower-case letters, digits and underscores; empty for the only one
 */
public record Deployment(String name) {

  /** Refuses names that would not do in every system. */
  public Deployment {
    if (!name.matches("([a-z][a-z0-9_]{0,30})?")) {
      throw CommandFailure.wrongInput(
          "deployment '"
              + name
              + "' is no name: use lower-case letters, digits and _, a letter first, at most 31");
    }
  }

  /** The topic as the brokers know it. */
  public String topic(String topic) {
    return qualified(topic);
  }

  /** A job or consumer group as others see it. */
  public String qualified(String own) {
    return name.isEmpty() ? own : name + "." + own;
  }

  /** The PostgreSQL schema of the views. */
  public String schema() {
    return name.isEmpty() ? "views" : name + "_views";
  }
}
