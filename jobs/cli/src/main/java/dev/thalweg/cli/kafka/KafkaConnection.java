package dev.thalweg.cli.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Where the brokers are, and clients that go there. */
public record KafkaConnection(String bootstrap) {

  private static final int REQUEST_MILLIS = 15_000;
  private static final int CALL_MILLIS = 30_000;
  private static final int ANSWER_SECONDS = 5;

  /** The brokers at this address. */
  public static KafkaConnection to(String bootstrap) {
    return new KafkaConnection(bootstrap);
  }

  /** A client for topics, groups and offsets. */
  public Admin admin() {
    return Admin.create(
        new HashMap<>(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                CALL_MILLIS)));
  }

  /** Whether a broker answers administrative calls. */
  public boolean answers() {
    try (Admin admin = admin()) {
      return !admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
