package dev.thalweg.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.CommandFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {

  @TempDir private Path root;

  @Test
  void aClientLooksAtTheDefaultsUntilToldOtherwise() {
    StackSettings settings = StackSettings.fromEnvironment(environment(Map.of()));
    StackHome home = new StackHome(settings.home());

    assertThat(settings.home()).isEqualTo(root.resolve(".thalweg"));
    assertThat(StackAddresses.of(settings, home).kafkaBootstrap()).isEqualTo("127.0.0.1:9092");
    assertThat(StackAddresses.of(settings, home).flink())
        .isEqualTo(URI.create("http://127.0.0.1:8081"));
  }

  @Test
  void aClientFindsThePortsInUse() {
    StackSettings settings =
        StackSettings.fromEnvironment(
            environment(Map.of("THALWEG_HOME", root.toString(), "THALWEG_PG_PORT", "5555")));
    StackHome home = new StackHome(root);
    new StackPorts(1, 2, 3, 4, 5).write(home.portsFile());

    StackAddresses addresses = StackAddresses.of(settings, home);

    assertThat(addresses.kafkaBootstrap()).isEqualTo("127.0.0.1:2");
    assertThat(addresses.postgres().jdbcUrl()).contains(":5555/");
    assertThat(StackPorts.remembered(home.portsFile())).contains(new StackPorts(1, 2, 3, 4, 5));
  }

  @Test
  void theUsersOwnServicesAreUsedInstead() {
    StackSettings settings =
        StackSettings.fromEnvironment(
            environment(
                Map.of(
                    "KAFKA_BOOTSTRAP", "k1:9092,k2:9092",
                    "POSTGRES_URL", "postgresql://me@db:5432/mine")));
    LocalStack stack = new LocalStack(settings, line -> {});

    assertThat(stack.addresses().kafkaBootstrap()).isEqualTo("k1:9092,k2:9092");
    assertThat(stack.addresses().postgres().user()).isEqualTo("me");
    assertThat(stack.processes())
        .extracting(StackProcess::service)
        .containsExactly(Service.ZOOKEEPER, Service.JOBMANAGER, Service.TASKMANAGER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "65536", "80 81"})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(
            () -> StackSettings.fromEnvironment(environment(Map.of("THALWEG_KAFKA_PORT", port))))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("THALWEG_KAFKA_PORT=" + port);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("THALWEG_ROOT", root.toString());
    return environment;
  }
}
