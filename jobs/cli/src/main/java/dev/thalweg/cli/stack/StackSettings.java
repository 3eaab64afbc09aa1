package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a user decides about a stack. An empty port was not chosen: the one in use is meant, else
 * the default. Port 0 asks for any free one.
 *
 * @param root the repository
 * @param home where state lives
 * @param uiPort port of Flink's web UI and REST
 * @param kafkaPort port of the broker
 * @param postgresPort port of PostgreSQL
 * @param flinkHome a Flink of the user's own
 * @param kafkaBootstrap brokers of the user's own
 * @param postgresUrl a PostgreSQL of the user's own
 * @param flinkOptions laid over the local Flink profile
 */
public record StackSettings(
    Path root,
    Path home,
    Optional<Integer> uiPort,
    Optional<Integer> kafkaPort,
    Optional<Integer> postgresPort,
    Optional<Path> flinkHome,
    Optional<String> kafkaBootstrap,
    Optional<String> postgresUrl,
    Map<String, String> flinkOptions) {

  static final int DEFAULT_UI_PORT = 8081;
  static final int DEFAULT_KAFKA_PORT = 9092;
  static final int DEFAULT_POSTGRES_PORT = 15432;

  private static final int HIGHEST_PORT = 65_535;

  /** As the environment says. */
  public static StackSettings fromEnvironment(Map<String, String> environment) {
    Path root =
        text(environment, "THALWEG_ROOT")
            .map(Path::of)
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "THALWEG_ROOT is not set: start this through the scripts/ directory"))
            .toAbsolutePath()
            .normalize();
    Path home =
        text(environment, "THALWEG_HOME")
            .map(Path::of)
            .orElse(root.resolve(".thalweg"))
            .toAbsolutePath()
            .normalize();
    Optional<Path> flinkHome = text(environment, "FLINK_HOME").map(Path::of);
    flinkHome
        .filter(path -> !Files.isExecutable(path.resolve("bin").resolve("flink")))
        .ifPresent(
            path -> {
              throw CommandFailure.wrongInput(
                  "FLINK_HOME="
                      + path
                      + " holds no bin/flink: point it at a Flink distribution, or unset it");
            });
    return new StackSettings(
        root,
        home,
        port(environment, "THALWEG_UI_PORT"),
        port(environment, "THALWEG_KAFKA_PORT"),
        port(environment, "THALWEG_PG_PORT"),
        flinkHome,
        text(environment, "KAFKA_BOOTSTRAP"),
        text(environment, "POSTGRES_URL"),
        Map.of());
  }

  /** A stack of its own on free ports, for tests and trials. */
  public static StackSettings onFreePorts(Path root, Path home) {
    Optional<Integer> free = Optional.of(0);
    return new StackSettings(
        root.toAbsolutePath().normalize(),
        home.toAbsolutePath().normalize(),
        free,
        free,
        free,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The same with the broker on this port. */
  public StackSettings withKafkaPort(int port) {
    return new StackSettings(
        root,
        home,
        uiPort,
        Optional.of(port),
        postgresPort,
        flinkHome,
        kafkaBootstrap,
        postgresUrl,
        flinkOptions);
  }

  /** The same with these options laid over the local Flink profile. */
  public StackSettings withFlinkOptions(Map<String, String> options) {
    return new StackSettings(
        root,
        home,
        uiPort,
        kafkaPort,
        postgresPort,
        flinkHome,
        kafkaBootstrap,
        postgresUrl,
        Map.copyOf(options));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Optional<Integer> port(Map<String, String> environment, String name) {
    return text(environment, name)
        .map(
            value -> {
              if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > HIGHEST_PORT) {
                throw CommandFailure.wrongInput(
                    name + "=" + value + " is no port: give a number from 0 (any free) to 65535");
              }
              return Integer.valueOf(value);
            });
  }
}
