package dev.thalweg.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.thalweg.schemas.SchemaRegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for a registry. */
final class PatientRegistryTest {
  private static final Schema SCHEMA = SchemaBuilder.record("a.B").fields().endRecord();
  private static final String ABSENT = "{'error_code': 40403}";

  private final RegistryServer server = new RegistryServer();
  private final Counter failed = new SimpleCounter();

  private PatientRegistry registry(Duration absentFor) {
    return new PatientRegistry(
        new HttpSchemaRegistry(new RegistryAddress(server.url(), "")),
        new UnregisteredMetricsGroup() {
          @Override
          public Counter counter(String name) {
            return name.equals("registry_requests_failed") ? failed : super.counter(name);
          }
        },
        absentFor);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void asksUntilThereIsAnAnswer() {
    server.answer(500, "").answer(404, "").answer(200, "{'schema': '[]'}");
    assertThat(registry(Duration.ZERO).schema(1)).isEqualTo("[]");
    assertThat(server.requests()).hasSize(3);
    assertThat(failed.getCount()).isEqualTo(2);
  }

  @Test
  void believesForAWhileThatAnIdHasNoSchema() {
    server.answer(404, ABSENT);
    PatientRegistry believing = registry(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      assertThat(believing.schema(1)).isNull();
      assertThat(believing.schema(2)).isNull();
    }
    assertThat(server.requests()).hasSize(2);
    PatientRegistry doubting = registry(Duration.ZERO);
    assertThat(doubting.schema(1)).isNull();
    assertThat(doubting.schema(1)).isNull();
    assertThat(server.requests()).hasSize(4);
  }

  @Test
  void refusalIsNotWaitedFor() {
    server.answer(409, "no");
    assertThatThrownBy(() -> registry(Duration.ZERO).register("s", SCHEMA))
        .isInstanceOf(SchemaRegistryException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void isAskedOnlyOnceWhetherItAnswers() {
    server.answer(500, "");
    assertThat(registry(Duration.ZERO).answers()).isFalse();
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    server.answer(500, "");
    PatientRegistry registry = registry(Duration.ZERO);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread asking =
        new Thread(
            () -> {
              try {
                registry.schema(1);
              } catch (SchemaRegistryException e) {
                end.complete(e);
              }
            });
    asking.start();
    await().until(() -> server.requests().size() >= 2);
    asking.interrupt();
    assertThat(end.get()).hasMessageContaining("interrupted");
  }
}
