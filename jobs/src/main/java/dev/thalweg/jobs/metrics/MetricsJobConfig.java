package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.JobConfig;
import dev.thalweg.jobs.JobSettings;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.operators.metrics.MetricsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be set about the metrics job.
 *
 * @param deployment goes in front of all names outside
 * @param kafka how to reach Kafka
 * @param postgres how to reach PostgreSQL
 * @param runEpoch orders what the runs wrote
 * @param source where canonical events come from, names prefixed
 * @param disorder how far event time stays behind the latest event
 * @param valuesTopic where metric values go, prefixed
 * @param lateTopic where late events go, prefixed
 * @param deadLetterTopic where records go that are no canonical ones, prefixed
 * @param viewsRetention how long rows of old windows are kept; zero for ever
 * @param contracts where contracts are found
 * @param registry how to reach the schema registry, if there is one
 * @param metrics what is declared
 * @param flink options for Flink itself
 */
public record MetricsJobConfig(
    Deployment deployment,
    KafkaConfig kafka,
    PostgresConfig postgres,
    long runEpoch,
    SourceConfig source,
    Duration disorder,
    String valuesTopic,
    String lateTopic,
    String deadLetterTopic,
    Duration viewsRetention,
    ContractsConfig contracts,
    Optional<RegistryAddress> registry,
    MetricsConfig metrics,
    Map<String, String> flink)
    implements JobConfig {

  /**
   * Reads the job's arguments.
   *
   * @throws dev.thalweg.jobs.config.ConfigException listing every mistake
   */
  public static MetricsJobConfig load(String... args) {
    Settings settings = Settings.ofArguments(MetricsOptions.DECLARATIONS, args);
    JobSettings job = new JobSettings(settings, MetricsOptions.ALL, MetricsOptions.FLINK_PREFIXES);
    ContractsConfig contracts = job.contracts(Duration.ZERO);
    // Without contracts every event type would look unknown.
    MetricsConfig metrics =
        contracts == null ? null : MetricsFile.read(settings, contracts.catalog().load());
    // Whatever is null here has been noted as a mistake, and check() does not return.
    MetricsJobConfig config =
        new MetricsJobConfig(
            job.deployment(),
            job.kafka(),
            job.postgres(),
            job.runEpoch(),
            job.source(
                MetricsOptions.SOURCE_TOPIC,
                MetricsOptions.SOURCE_GROUP,
                MetricsOptions.REPLAY_FROM,
                MetricsOptions.IDLENESS),
            settings.get(MetricsOptions.DISORDER),
            job.named(MetricsOptions.VALUES_TOPIC),
            job.named(MetricsOptions.LATE_TOPIC),
            job.named(MetricsOptions.DEAD_LETTER_TOPIC),
            viewsRetention(settings, metrics),
            contracts,
            job.registry(),
            metrics,
            job.flink());
    settings.check();
    return config;
  }

  @Override
  public List<String> topics() {
    return List.of(source.topic(), valuesTopic, lateTopic, deadLetterTopic);
  }

  /** Rows that may still change must stay. */
  private static Duration viewsRetention(Settings settings, MetricsConfig metrics) {
    return settings.part(
        MetricsOptions.VIEWS_RETENTION.key(),
        settings.get(MetricsOptions.VIEWS_RETENTION),
        retention -> {
          Duration open = metrics == null ? Duration.ZERO : longestOpen(metrics);
          if (!retention.isZero() && retention.compareTo(open) < 0) {
            throw new IllegalArgumentException(
                "must be 0s (for ever), or at least %ds: so long a window may change"
                    .formatted(open.toSeconds()));
          }
          return retention;
        });
  }

  /** How long after its begin a window may change. */
  private static Duration longestOpen(MetricsConfig metrics) {
    Duration longest =
        Stream.concat(
                metrics.definitions().stream().map(metric -> metric.window().size()),
                metrics.funnels().stream()
                    .map(funnel -> funnel.window().size().plus(funnel.within())))
            .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) < 0 ? b : a);
    return metrics.lateness() == null ? longest : longest.plus(metrics.lateness());
  }
}
