package dev.thalweg.cli.produce;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Finds out within seconds whether a topic can be written, and how large its records may be. */
final class TopicCheck {

  private static final int PATIENCE_MILLIS = Math.toIntExact(Duration.ofSeconds(8).toMillis());

  /** What Kafka's producer takes where the topic's own limit may not be seen. */
  private static final int DEFAULT_LARGEST = 1 << 20;

  private TopicCheck() {}

  static int largestRecord(String bootstrap, String topic) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS / 2,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                PATIENCE_MILLIS))) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return largestRecord(admin, topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw CommandFailure.failed(
            "Kafka at " + bootstrap + " has no topic " + topic + ": run scripts/topics apply", e);
      }
      throw unreachable(bootstrap, e);
    } catch (KafkaException e) {
      throw unreachable(bootstrap, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted while connecting to Kafka at " + bootstrap, e);
    }
  }

  private static int largestRecord(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      return Integer.parseInt(
          admin
              .describeConfigs(List.of(resource))
              .all()
              .get()
              .get(resource)
              .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
              .value());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        return DEFAULT_LARGEST;
      }
      throw e;
    }
  }

  private static CommandFailure unreachable(String bootstrap, Exception e) {
    return CommandFailure.failed(
        "Kafka at "
            + bootstrap
            + " does not answer ("
            + RootCause.of(e)
            + "): start it with scripts/stack up, or set KAFKA_BOOTSTRAP",
        e);
  }
}
