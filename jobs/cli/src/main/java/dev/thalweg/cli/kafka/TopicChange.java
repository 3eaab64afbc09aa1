package dev.thalweg.cli.kafka;

import java.util.List;

/**
 * What was done to one topic.
 *
 * @param topic its name on the brokers
 * @param partitions how many it has now
 * @param changes what changed; empty when it was as declared
 */
public record TopicChange(String topic, int partitions, List<String> changes) {

  /** Whether anything was done. */
  public boolean isChange() {
    return !changes.isEmpty();
  }
}
