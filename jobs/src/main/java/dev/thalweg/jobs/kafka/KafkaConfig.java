package dev.thalweg.jobs.kafka;

import dev.thalweg.jobs.config.Secrets;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to reach Kafka. Never prints a secret.
 *
 * @param bootstrap addresses of brokers
 * @param properties further client properties, such as those of TLS and SASL
 * @param transactionTimeout how long the broker keeps a transaction that nobody ends; a savepoint
 *     older than that may have lost its last records
 */
public record KafkaConfig(
    String bootstrap, Map<String, String> properties, Duration transactionTimeout)
    implements Serializable {
  private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^\\s:,;]+):\\d{1,5}");

  /** What the job sets itself, because being exactly-once or large events depend on it. */
  private static final Map<String, String> RESERVED =
      Map.of(
          "bootstrap.servers", "use kafka.bootstrap",
          "transaction.timeout.ms", "use kafka.transaction-timeout",
          "group.id", "use the job's source.group",
          "auto.offset.reset", "use the job's source.replay-from",
          "transactional.id", "the job sets it",
          "isolation.level", "the job reads committed records only",
          "enable.idempotence", "the job sets it",
          "enable.auto.commit", "offsets are part of checkpoints",
          "max.request.size", "the job sets it");

  /** Refuses what is not an address, a timeout out of range, and properties the job sets. */
  public KafkaConfig {
    checkBootstrap(bootstrap);
    checkTimeout(transactionTimeout);
    properties.keySet().forEach(KafkaConfig::checkProperty);
    properties = Map.copyOf(properties);
  }

  /** Returns the addresses; throws if they are none. */
  public static String checkBootstrap(String addresses) {
    for (String address : addresses.split("[,;]", -1)) {
      if (!ADDRESS.matcher(address.strip()).matches()) {
        throw new IllegalArgumentException("use host:port, commas between");
      }
    }
    return addresses.replace(';', ',');
  }

  /** Returns the timeout; throws if brokers would not take it. */
  public static Duration checkTimeout(Duration timeout) {
    if (timeout.toMillis() < 1000 || timeout.toMillis() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("must be at least 1s and at most 24d");
    }
    return timeout;
  }

  /** Returns the property's name; throws if it is not the user's to set. */
  public static String checkProperty(String property) {
    String instead = RESERVED.get(property);
    if (instead != null) {
      throw new IllegalArgumentException("cannot be set here: " + instead);
    }
    return property;
  }

  /** Properties of any client. */
  public Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.setProperty("bootstrap.servers", bootstrap);
    return all;
  }

  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(properties);
    shown.replaceAll(Secrets::hide);
    return "KafkaConfig[" + bootstrap + ", " + shown + ", " + transactionTimeout + "]";
  }
}
