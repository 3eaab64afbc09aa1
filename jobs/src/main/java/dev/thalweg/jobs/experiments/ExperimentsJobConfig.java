package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.JobConfig;
import dev.thalweg.jobs.JobSettings;
import dev.thalweg.jobs.config.FlinkOptions;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.kafka.ExperimentTopics;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be set about the experiments job.
 *
 * @param deployment goes in front of all names outside
 * @param kafka how to reach Kafka
 * @param postgres how to reach PostgreSQL
 * @param runEpoch orders what the runs wrote
 * @param source where canonical events come from, names prefixed
 * @param definitionsTopic where definitions are, prefixed
 * @param outputs where results go, and where dead letters are, too, prefixed
 * @param disorder how far event time stays behind the latest event
 * @param attribution lateness and retention of units, and how often changes are published
 * @param promote whether decisions are acted on
 * @param contracts where contracts are found
 * @param registry how to reach the schema registry, if there is one
 * @param flink options for Flink itself
 */
public record ExperimentsJobConfig(
    Deployment deployment,
    KafkaConfig kafka,
    PostgresConfig postgres,
    long runEpoch,
    SourceConfig source,
    String definitionsTopic,
    ExperimentTopics outputs,
    Duration disorder,
    AttributionConfig attribution,
    boolean promote,
    ContractsConfig contracts,
    Optional<RegistryAddress> registry,
    Map<String, String> flink)
    implements JobConfig {

  /**
   * Reads the job's arguments.
   *
   * @throws dev.thalweg.jobs.config.ConfigException listing every mistake
   */
  public static ExperimentsJobConfig load(String... args) {
    Settings settings = Settings.ofArguments(args);
    JobSettings job = new JobSettings(settings, ExperimentsOptions.ALL, FlinkOptions.PREFIXES);
    SourceConfig source =
        job.source(
            ExperimentsOptions.SOURCE_TOPIC,
            ExperimentsOptions.SOURCE_GROUP,
            ExperimentsOptions.REPLAY_FROM,
            ExperimentsOptions.IDLENESS);
    // Whatever is null here has been noted as a mistake, and check() does not return.
    ExperimentsJobConfig config =
        new ExperimentsJobConfig(
            job.deployment(),
            job.kafka(),
            job.postgres(),
            job.runEpoch(),
            source,
            job.named(ExperimentsOptions.DEFINITIONS_TOPIC),
            new ExperimentTopics(
                job.named(ExperimentsOptions.SCORECARDS_TOPIC),
                job.named(ExperimentsOptions.DECISIONS_TOPIC),
                job.named(ExperimentsOptions.ASSIGNMENTS_TOPIC),
                job.named(ExperimentsOptions.ROUTE_PREFIX),
                job.named(ExperimentsOptions.DEAD_LETTER_TOPIC)),
            settings.get(ExperimentsOptions.DISORDER),
            attribution(settings),
            Boolean.TRUE.equals(settings.get(ExperimentsOptions.PROMOTE))
                && source.replayFrom() == null,
            job.contracts(Duration.ZERO),
            job.registry(),
            job.flink());
    settings.check();
    return config;
  }

  private static AttributionConfig attribution(Settings settings) {
    Duration lateness = settings.get(ExperimentsOptions.LATENESS);
    Duration emit =
        settings.part(
            ExperimentsOptions.EMIT.key(),
            settings.get(ExperimentsOptions.EMIT),
            ExperimentsJobConfig::atLeastAMillisecond);
    return settings.part(
        ExperimentsOptions.RETENTION.key(),
        settings.get(ExperimentsOptions.RETENTION),
        retention ->
            lateness == null || emit == null
                ? null
                : new AttributionConfig(lateness, retention, emit));
  }

  private static Duration atLeastAMillisecond(Duration span) {
    if (span.toMillis() < 1) {
      throw new IllegalArgumentException("must be at least 1ms");
    }
    return span;
  }

  @Override
  public List<String> topics() {
    return List.of(
        source.topic(),
        definitionsTopic,
        outputs.deadLetter(),
        outputs.assignments(),
        outputs.scorecards(),
        outputs.decisions());
  }
}
