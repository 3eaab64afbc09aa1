package dev.thalweg.cli.stack;

import dev.thalweg.cli.postgres.PostgresAddress;
import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;

/**
 * Where to reach what.
 *
 * @param kafkaBootstrap the brokers
 * @param flink web UI and REST
 * @param postgres the database of the views
 * @param flinkConf Flink's configuration directory
 */
public record StackAddresses(
    String kafkaBootstrap, URI flink, PostgresAddress postgres, Path flinkConf) {

  static StackAddresses of(StackSettings settings, StackHome home) {
    StackPorts ports = ports(settings, home);
    return new StackAddresses(
        settings.kafkaBootstrap().orElse(LoopbackPorts.HOST + ":" + ports.kafka()),
        settings.flinkHome().isPresent() ? ownFlink(settings) : loopback(ports.ui()),
        settings
            .postgresUrl()
            .map(PostgresAddress::parse)
            .orElseGet(() -> PostgresAddress.local(ports.postgres(), PostgresAddress.DATABASE)),
        settings.flinkHome().map(StackAddresses::confOf).orElse(home.flinkConf()));
  }

  /** Where a client looks: what is asked for, else what is in use, else the defaults. */
  static StackPorts ports(StackSettings settings, StackHome home) {
    return portsInUse(settings, home).askedFor(settings);
  }

  /** What this home runs on, or would. */
  static StackPorts portsInUse(StackSettings settings, StackHome home) {
    return StackPorts.remembered(home.portsFile())
        .orElseGet(
            () ->
                new StackPorts(
                        StackSettings.DEFAULT_UI_PORT,
                        StackSettings.DEFAULT_KAFKA_PORT,
                        StackSettings.DEFAULT_POSTGRES_PORT,
                        0,
                        0)
                    .askedFor(settings));
  }

  static URI loopback(int port) {
    return URI.create("http://" + LoopbackPorts.HOST + ":" + port);
  }

  private static URI ownFlink(StackSettings settings) {
    if (settings.uiPort().filter(port -> port != 0).isPresent()) {
      return loopback(settings.uiPort().get());
    }
    Configuration conf =
        GlobalConfiguration.loadConfiguration(
            confOf(settings.flinkHome().orElseThrow()).toString());
    return URI.create(
        "http://%s:%d"
            .formatted(
                conf.getOptional(RestOptions.ADDRESS).orElse("localhost"),
                conf.get(RestOptions.PORT)));
  }

  private static Path confOf(Path flinkHome) {
    String chosen = System.getenv("FLINK_CONF_DIR");
    return chosen == null ? flinkHome.resolve("conf") : Path.of(chosen);
  }
}
