package dev.thalweg.jobs;

import dev.thalweg.jobs.config.FlinkOptions;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.jobs.views.RunEpoch;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;

/**
 * Reads what every job is told. Whatever is null has been noted as a mistake in the settings, whose
 * check does not return then.
 */
public final class JobSettings {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  private final Settings settings;
  private final List<String> flinkPrefixes;
  private final Deployment names;

  /**
   * Reads settings, and notes keys that neither the job nor Flink knows.
   *
   * @param options all options of the job
   * @param flinkPrefixes beginnings of the keys that go to Flink
   */
  public JobSettings(Settings settings, List<ConfigOption<?>> options, List<String> flinkPrefixes) {
    this.settings = settings;
    this.flinkPrefixes = flinkPrefixes;
    checkKeys(settings, options, flinkPrefixes);
    Deployment given =
        settings.part(
            JobOptions.DEPLOYMENT.key(), settings.get(JobOptions.DEPLOYMENT), Deployment::new);
    names = given == null ? new Deployment("") : given;
  }

  /** Notes keys that neither the job nor, judged by their beginnings, Flink or Kafka knows. */
  public static void checkKeys(
      Settings settings, List<ConfigOption<?>> options, List<String> flinkPrefixes) {
    settings.checkKeys(
        options,
        key ->
            !key.startsWith(JobOptions.KAFKA_PROPERTIES)
                && flinkPrefixes.stream().noneMatch(key::startsWith));
  }

  /** What goes in front of names. */
  public Deployment deployment() {
    return names;
  }

  /** The prefixed name of a topic or consumer group. */
  public String named(ConfigOption<String> option) {
    return settings.part(
        option.key(),
        settings.get(option),
        plain -> {
          if (!NAME.matcher(plain).matches()) {
            throw new IllegalArgumentException("use letters, digits, ., _ and -, at most 200");
          }
          return names.prefix(plain);
        });
  }

  /** How to reach Kafka. */
  public KafkaConfig kafka() {
    Map<String, String> properties = new LinkedHashMap<>();
    settings
        .withPrefixes(List.of(JobOptions.KAFKA_PROPERTIES))
        .forEach(
            (key, value) -> {
              String property = key.substring(JobOptions.KAFKA_PROPERTIES.length());
              if (settings.part(key, property, KafkaConfig::checkProperty) != null) {
                properties.put(property, value);
              }
            });
    Duration timeout =
        settings.part(
            JobOptions.TRANSACTION_TIMEOUT.key(),
            settings.get(JobOptions.TRANSACTION_TIMEOUT),
            KafkaConfig::checkTimeout);
    String bootstrap =
        settings.part(
            JobOptions.KAFKA_BOOTSTRAP.key(),
            settings.get(JobOptions.KAFKA_BOOTSTRAP),
            KafkaConfig::checkBootstrap);
    return timeout == null || bootstrap == null
        ? null
        : new KafkaConfig(bootstrap, properties, timeout);
  }

  /** Where a topic is read. */
  public SourceConfig source(
      ConfigOption<String> topic,
      ConfigOption<String> group,
      ConfigOption<String> replayFrom,
      ConfigOption<Duration> idleness) {
    return new SourceConfig(
        named(topic), named(group), settings.instant(replayFrom), atLeastAMillisecond(idleness));
  }

  private Duration atLeastAMillisecond(ConfigOption<Duration> option) {
    return settings.part(
        option.key(),
        settings.get(option),
        span -> {
          if (span.toMillis() < 1) {
            throw new IllegalArgumentException("must be at least 1ms");
          }
          return span;
        });
  }

  /** How to reach PostgreSQL. */
  public PostgresConfig postgres() {
    String user = settings.get(JobOptions.POSTGRES_USER);
    String passwordFile = settings.get(JobOptions.POSTGRES_PASSWORD_FILE);
    return settings.part(
        JobOptions.POSTGRES_URL.key(),
        settings.get(JobOptions.POSTGRES_URL),
        url -> new PostgresConfig(url, user, passwordFile, names.schema()));
  }

  /** The number of the run. */
  public long runEpoch() {
    RunEpoch epoch =
        settings.part(
            JobOptions.RUN_EPOCH.key(), settings.get(JobOptions.RUN_EPOCH), RunEpoch::new);
    return epoch == null ? 0 : epoch.number();
  }

  /**
   * Where contracts are found.
   *
   * @param refresh how often the running job looks for new ones; zero for never
   */
  public ContractsConfig contracts(Duration refresh) {
    return settings.part(
        JobOptions.CONTRACTS_PATH.key(),
        settings.get(JobOptions.CONTRACTS_PATH),
        path -> ContractsConfig.read(path, refresh));
  }

  /** How to reach the schema registry; empty if there is none. */
  public Optional<RegistryAddress> registry() {
    String url = settings.get(JobOptions.REGISTRY_URL);
    String credentials = settings.get(JobOptions.REGISTRY_CREDENTIALS_FILE);
    return Optional.ofNullable(
        settings.part(
            JobOptions.REGISTRY_URL.key(),
            url.isBlank() ? null : url,
            text -> new RegistryAddress(text, credentials)));
  }

  /** Options for Flink itself. */
  public Map<String, String> flink() {
    Map<String, String> options = FlinkOptions.read(settings, flinkPrefixes);
    String unaligned = CheckpointingOptions.ENABLE_UNALIGNED.key();
    if (Boolean.parseBoolean(options.get(unaligned))) {
      settings.refuse(unaligned, "the ledger is exact with aligned checkpoints only; use false");
    }
    return options;
  }
}
