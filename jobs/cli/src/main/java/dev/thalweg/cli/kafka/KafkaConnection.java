package dev.thalweg.cli.kafka;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Where the brokers are, and clients that go there.
 *
 * @param bootstrap addresses of brokers
 * @param properties what clients need besides, such as TLS and SASL
 */
public record KafkaConnection(String bootstrap, Map<String, String> properties) {

  private static final int REQUEST_MILLIS = 15_000;
  private static final int CALL_MILLIS = 30_000;
  private static final int ANSWER_SECONDS = 5;

  /** The brokers at this address. */
  public static KafkaConnection to(String bootstrap) {
    return new KafkaConnection(bootstrap, Map.of());
  }

  /** A client for topics, groups and offsets. */
  public Admin admin() {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_MILLIS);
    return Admin.create(all);
  }

  /** Whether a broker answers administrative calls. */
  public boolean answers() {
    Admin admin = admin();
    try {
      return !admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      // Waiting for what was asked would take as long as all attempts.
      admin.close(Duration.ZERO);
    }
  }

  /** Those of these topics that the brokers do not have. */
  public List<String> absent(List<String> topics) {
    try (Admin admin = admin()) {
      Set<String> present = admin.listTopics().names().get();
      return topics.stream().filter(topic -> !present.contains(topic)).toList();
    } catch (ExecutionException | KafkaException e) {
      throw CommandFailure.failed(
          "Kafka at %s: %s; is the stack up?".formatted(bootstrap, RootCause.of(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
