package dev.thalweg.jobs.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach Kafka.
 *
 * @param bootstrap addresses of brokers
 * @param properties further client properties, such as those of TLS and SASL
 * @param transactionTimeout how long the broker keeps a transaction that nobody ends; a savepoint
 *     older than that may have lost its last records
 */
public record KafkaConfig(
    String bootstrap, Map<String, String> properties, Duration transactionTimeout)
    implements Serializable {
  /** Refuses a missing address and a timeout below a second. */
  public KafkaConfig {
    if (bootstrap.isBlank()) {
      throw new IllegalArgumentException("must name at least one broker");
    }
    if (transactionTimeout.toMillis() < 1000) {
      throw new IllegalArgumentException("must be at least 1s");
    }
    properties = Map.copyOf(properties);
  }

  /** Properties of any client. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("bootstrap.servers", bootstrap);
    return all;
  }
}
