package dev.thalweg.jobs.kafka;

import org.apache.kafka.common.KafkaException;

/** Another publisher of the topic was opened later, and nothing was published. */
public final class ShutOutException extends KafkaException {
  private static final long serialVersionUID = 1L;

  ShutOutException(String topic, Throwable cause) {
    super("another publisher of " + topic + " was opened meanwhile", cause);
  }
}
