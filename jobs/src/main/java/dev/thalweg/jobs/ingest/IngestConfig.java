package dev.thalweg.jobs.ingest;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.JobConfig;
import dev.thalweg.jobs.JobSettings;
import dev.thalweg.jobs.config.FlinkOptions;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.ingest.IngestOptions.Delivery;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.OutputTopics;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.operators.decode.DecodeConfig;
import dev.thalweg.operators.decode.RegistryConfig;
import dev.thalweg.operators.dedup.DedupConfig;
import dev.thalweg.operators.validate.ValidateConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * What can be set about the ingest job.
 *
 * @param deployment goes in front of all names outside
 * @param kafka how to reach Kafka
 * @param postgres how to reach PostgreSQL
 * @param runEpoch orders what the runs wrote
 * @param source where raw events come from, names prefixed
 * @param profilesTopic where profiles come from, prefixed
 * @param outputs where messages go, prefixed
 * @param delivery how surely
 * @param maxDeadLetterBytes longest value a dead letter carries whole
 * @param contracts where contracts are found
 * @param registry how to reach the schema registry, if there is one
 * @param decode how to decode
 * @param validate how to validate
 * @param dedup how to deduplicate
 * @param flink options for Flink itself
 */
public record IngestConfig(
    Deployment deployment,
    KafkaConfig kafka,
    PostgresConfig postgres,
    long runEpoch,
    SourceConfig source,
    String profilesTopic,
    OutputTopics outputs,
    DeliveryGuarantee delivery,
    int maxDeadLetterBytes,
    ContractsConfig contracts,
    Optional<RegistryAddress> registry,
    DecodeConfig decode,
    ValidateConfig validate,
    DedupConfig dedup,
    Map<String, String> flink)
    implements JobConfig {

  // Whatever an event or a dead letter is made of, it fits the sink's requests (KafkaEnds).
  private static final MemorySize MAX_EVENT = MemorySize.ofMebiBytes(4);
  private static final MemorySize MAX_DEAD_LETTER = MemorySize.ofMebiBytes(8);

  /**
   * Reads the job's arguments.
   *
   * @throws dev.thalweg.jobs.config.ConfigException listing every mistake
   */
  public static IngestConfig load(String... args) {
    return read(Settings.ofArguments(args));
  }

  private static IngestConfig read(Settings settings) {
    JobSettings job = new JobSettings(settings, IngestOptions.ALL, FlinkOptions.PREFIXES);
    Delivery delivery = settings.get(IngestOptions.DELIVERY);
    // Whatever is null here has been noted as a mistake, and check() does not return.
    IngestConfig config =
        new IngestConfig(
            job.deployment(),
            job.kafka(),
            job.postgres(),
            job.runEpoch(),
            job.source(
                IngestOptions.SOURCE_TOPIC,
                IngestOptions.SOURCE_GROUP,
                IngestOptions.REPLAY_FROM,
                IngestOptions.IDLENESS),
            job.named(IngestOptions.PROFILES_TOPIC),
            new OutputTopics(
                job.named(IngestOptions.CANONICAL_TOPIC),
                job.named(IngestOptions.DEAD_LETTER_TOPIC)),
            delivery == null ? null : delivery.guarantee(),
            bytes(settings, IngestOptions.DEAD_LETTER_MAX_BYTES, MAX_DEAD_LETTER),
            job.contracts(refresh(settings)),
            job.registry(),
            decode(settings),
            validate(settings),
            dedup(settings),
            job.flink());
    settings.check();
    return config;
  }

  private static Duration refresh(Settings settings) {
    return settings.part(
        IngestOptions.CONTRACTS_REFRESH.key(),
        settings.get(IngestOptions.CONTRACTS_REFRESH),
        ContractsConfig::checkRefresh);
  }

  private static DecodeConfig decode(Settings settings) {
    boolean reject =
        settings.get(IngestOptions.UNKNOWN_FIELDS) == IngestOptions.UnknownFields.REJECT;
    int maxBytes = bytes(settings, IngestOptions.MAX_BYTES, MAX_EVENT);
    return maxBytes == 0 ? null : new DecodeConfig(maxBytes, reject);
  }

  private static ValidateConfig validate(Settings settings) {
    Instant floor = settings.instant(IngestOptions.TIME_FLOOR);
    Duration ahead = settings.get(IngestOptions.TIME_AHEAD);
    if ("".equals(settings.get(IngestOptions.TIME_FLOOR))) {
      settings.refuse(IngestOptions.TIME_FLOOR.key(), "must not be empty");
    }
    return floor == null
        ? null
        : settings.part(
            IngestOptions.TIME_AHEAD.key(), ahead, span -> new ValidateConfig(floor, span));
  }

  private static DedupConfig dedup(Settings settings) {
    Boolean enabled = settings.get(IngestOptions.DEDUP_ENABLED);
    return settings.part(
        IngestOptions.DEDUP_RETENTION.key(),
        settings.get(IngestOptions.DEDUP_RETENTION),
        retention -> new DedupConfig(enabled == null || enabled, retention));
  }

  /** A size in bytes; 0, and a mistake noted, if it is none or out of range. */
  private static int bytes(Settings settings, ConfigOption<MemorySize> option, MemorySize most) {
    Integer bytes =
        settings.part(
            option.key(),
            settings.get(option),
            size -> {
              if (size.getBytes() < 1 || size.compareTo(most) > 0) {
                throw new IllegalArgumentException("must be at least 1b and at most " + most);
              }
              return (int) size.getBytes();
            });
    return bytes == null ? 0 : bytes;
  }

  /** How the operators use the schema registry; null if there is none. */
  public RegistryConfig registryUse() {
    return registry
        .map(address -> new RegistryConfig(address, source.topic(), outputs.canonical()))
        .orElse(null);
  }

  @Override
  public List<String> topics() {
    return List.of(source.topic(), profilesTopic, outputs.canonical(), outputs.deadLetter());
  }

  /** After how long without records a partition no longer holds back time. */
  public Duration idleness() {
    return source.idleness();
  }
}
