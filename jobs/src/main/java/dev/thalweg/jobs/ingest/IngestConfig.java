package dev.thalweg.jobs.ingest;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.OutputTopics;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.DecodeConfig;
import dev.thalweg.operators.dedup.DedupConfig;
import dev.thalweg.operators.validate.ValidateConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param contracts loads the contracts
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
    CatalogFactory contracts,
    DecodeConfig decode,
    ValidateConfig validate,
    DedupConfig dedup,
    Map<String, String> flink) {

  /**
   * Where raw events come from.
   *
   * @param topic the topic, prefixed
   * @param group the consumer group, prefixed
   * @param replayFrom arrival to begin at, or null for the earliest
   * @param idleness after how long without records a partition no longer holds back time
   */
  public record SourceConfig(String topic, String group, Instant replayFrom, Duration idleness) {}

  /**
   * Reads the job's arguments.
   *
   * @throws dev.thalweg.jobs.config.ConfigException listing every mistake
   */
  public static IngestConfig load(String... args) {
    return read(Settings.ofArguments(args));
  }

  private static IngestConfig read(Settings settings) {
    List<String> prefixes = new ArrayList<>(IngestOptions.FLINK_PREFIXES);
    prefixes.add(IngestOptions.KAFKA_PROPERTIES);
    settings.checkKeys(IngestOptions.ALL, prefixes);
    Deployment deployment =
        settings.part(
            IngestOptions.DEPLOYMENT.key(),
            settings.get(IngestOptions.DEPLOYMENT),
            Deployment::new);
    Deployment names = deployment == null ? new Deployment("") : deployment;
    IngestConfig config =
        new IngestConfig(
            names,
            kafka(settings),
            postgres(settings, names),
            orZero(settings.get(IngestOptions.RUN_EPOCH)),
            source(settings, names),
            names.prefix(settings.get(IngestOptions.PROFILES_TOPIC)),
            new OutputTopics(
                names.prefix(settings.get(IngestOptions.CANONICAL_TOPIC)),
                names.prefix(settings.get(IngestOptions.DEAD_LETTER_TOPIC))),
            settings.get(IngestOptions.DELIVERY),
            bytes(settings.get(IngestOptions.DEAD_LETTER_MAX_BYTES)),
            dev.thalweg.schemas.ContractCatalog::fromClassPath,
            decode(settings),
            validate(settings),
            dedup(settings),
            flink(settings));
    settings.check();
    return config;
  }

  private static KafkaConfig kafka(Settings settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    settings
        .withPrefix(IngestOptions.KAFKA_PROPERTIES)
        .forEach(
            (key, value) ->
                properties.put(key.substring(IngestOptions.KAFKA_PROPERTIES.length()), value));
    Duration timeout = settings.get(IngestOptions.TRANSACTION_TIMEOUT);
    String bootstrap = settings.get(IngestOptions.KAFKA_BOOTSTRAP);
    return timeout == null
        ? null
        : settings.part(
            IngestOptions.KAFKA_BOOTSTRAP.key(),
            bootstrap,
            brokers -> new KafkaConfig(brokers, properties, timeout));
  }

  private static PostgresConfig postgres(Settings settings, Deployment names) {
    String user = settings.get(IngestOptions.POSTGRES_USER);
    String passwordFile = settings.get(IngestOptions.POSTGRES_PASSWORD_FILE);
    return settings.part(
        IngestOptions.POSTGRES_URL.key(),
        settings.get(IngestOptions.POSTGRES_URL),
        url -> new PostgresConfig(url, user, passwordFile, names.schema()));
  }

  private static SourceConfig source(Settings settings, Deployment names) {
    return new SourceConfig(
        names.prefix(settings.get(IngestOptions.SOURCE_TOPIC)),
        names.prefix(settings.get(IngestOptions.SOURCE_GROUP)),
        settings.instant(IngestOptions.REPLAY_FROM),
        settings.get(IngestOptions.IDLENESS));
  }

  private static DecodeConfig decode(Settings settings) {
    boolean reject =
        settings.get(IngestOptions.UNKNOWN_FIELDS) == IngestOptions.UnknownFields.REJECT;
    return settings.part(
        IngestOptions.MAX_BYTES.key(),
        settings.get(IngestOptions.MAX_BYTES),
        size -> new DecodeConfig(bytes(size), reject));
  }

  private static ValidateConfig validate(Settings settings) {
    Instant floor = settings.instant(IngestOptions.TIME_FLOOR);
    return floor == null
        ? null
        : settings.part(
            IngestOptions.TIME_AHEAD.key(),
            settings.get(IngestOptions.TIME_AHEAD),
            ahead -> new ValidateConfig(floor, ahead));
  }

  private static DedupConfig dedup(Settings settings) {
    Boolean enabled = settings.get(IngestOptions.DEDUP_ENABLED);
    return enabled == null
        ? null
        : settings.part(
            IngestOptions.DEDUP_RETENTION.key(),
            settings.get(IngestOptions.DEDUP_RETENTION),
            retention -> new DedupConfig(enabled, retention));
  }

  private static Map<String, String> flink(Settings settings) {
    Map<String, String> options = new LinkedHashMap<>();
    IngestOptions.FLINK_PREFIXES.forEach(prefix -> options.putAll(settings.withPrefix(prefix)));
    return options;
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }

  private static int bytes(MemorySize size) {
    return size == null ? 0 : (int) Math.min(Integer.MAX_VALUE, size.getBytes());
  }

  /** The same with other contracts. */
  public IngestConfig withContracts(CatalogFactory other) {
    return new IngestConfig(
        deployment,
        kafka,
        postgres,
        runEpoch,
        source,
        profilesTopic,
        outputs,
        delivery,
        maxDeadLetterBytes,
        other,
        decode,
        validate,
        dedup,
        flink);
  }

  /** After how long without records a partition no longer holds back time. */
  public Duration idleness() {
    return source.idleness();
  }
}
