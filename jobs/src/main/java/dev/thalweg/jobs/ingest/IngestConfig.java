package dev.thalweg.jobs.ingest;

import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.config.FlinkOptions;
import dev.thalweg.jobs.config.Settings;
import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.jobs.ingest.IngestOptions.Delivery;
import dev.thalweg.jobs.kafka.KafkaConfig;
import dev.thalweg.jobs.kafka.OutputTopics;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.postgres.PostgresLedger;
import dev.thalweg.jobs.registry.RegistryAddress;
import dev.thalweg.operators.decode.DecodeConfig;
import dev.thalweg.operators.decode.RegistryConfig;
import dev.thalweg.operators.dedup.DedupConfig;
import dev.thalweg.operators.validate.ValidateConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
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
    Map<String, String> flink) {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,200}");
  // Whatever an event or a dead letter is made of, it fits the sink's requests (KafkaEnds).
  private static final MemorySize MAX_EVENT = MemorySize.ofMebiBytes(4);
  private static final MemorySize MAX_DEAD_LETTER = MemorySize.ofMebiBytes(8);

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
    settings.checkKeys(
        IngestOptions.ALL,
        key ->
            !key.startsWith(IngestOptions.KAFKA_PROPERTIES)
                && FlinkOptions.PREFIXES.stream().noneMatch(key::startsWith));
    Deployment names = deployment(settings);
    Delivery delivery = settings.get(IngestOptions.DELIVERY);
    // Whatever is null here has been noted as a mistake, and check() does not return.
    IngestConfig config =
        new IngestConfig(
            names,
            kafka(settings),
            postgres(settings, names),
            runEpoch(settings),
            source(settings, names),
            named(settings, names, IngestOptions.PROFILES_TOPIC),
            new OutputTopics(
                named(settings, names, IngestOptions.CANONICAL_TOPIC),
                named(settings, names, IngestOptions.DEAD_LETTER_TOPIC)),
            delivery == null ? null : delivery.guarantee(),
            bytes(settings, IngestOptions.DEAD_LETTER_MAX_BYTES, MAX_DEAD_LETTER),
            contracts(settings),
            registry(settings),
            decode(settings),
            validate(settings),
            dedup(settings),
            flink(settings));
    settings.check();
    return config;
  }

  private static Deployment deployment(Settings settings) {
    Deployment deployment =
        settings.part(
            IngestOptions.DEPLOYMENT.key(),
            settings.get(IngestOptions.DEPLOYMENT),
            Deployment::new);
    return deployment == null ? new Deployment("") : deployment;
  }

  /** The prefixed name of a topic or consumer group, or null. */
  private static String named(Settings settings, Deployment names, ConfigOption<String> option) {
    return settings.part(
        option.key(),
        settings.get(option),
        plain -> {
          if (!TOPIC.matcher(plain).matches()) {
            throw new IllegalArgumentException("use letters, digits, ., _ and -, at most 200");
          }
          return names.prefix(plain);
        });
  }

  private static KafkaConfig kafka(Settings settings) {
    Map<String, String> properties = new LinkedHashMap<>();
    settings
        .withPrefixes(List.of(IngestOptions.KAFKA_PROPERTIES))
        .forEach(
            (key, value) -> {
              String property = key.substring(IngestOptions.KAFKA_PROPERTIES.length());
              if (settings.part(key, property, KafkaConfig::checkProperty) != null) {
                properties.put(property, value);
              }
            });
    Duration timeout =
        settings.part(
            IngestOptions.TRANSACTION_TIMEOUT.key(),
            settings.get(IngestOptions.TRANSACTION_TIMEOUT),
            KafkaConfig::checkTimeout);
    String bootstrap =
        settings.part(
            IngestOptions.KAFKA_BOOTSTRAP.key(),
            settings.get(IngestOptions.KAFKA_BOOTSTRAP),
            KafkaConfig::checkBootstrap);
    return timeout == null || bootstrap == null
        ? null
        : new KafkaConfig(bootstrap, properties, timeout);
  }

  private static PostgresConfig postgres(Settings settings, Deployment names) {
    String user = settings.get(IngestOptions.POSTGRES_USER);
    String passwordFile = settings.get(IngestOptions.POSTGRES_PASSWORD_FILE);
    return settings.part(
        IngestOptions.POSTGRES_URL.key(),
        settings.get(IngestOptions.POSTGRES_URL),
        url -> new PostgresConfig(url, user, passwordFile, names.schema()));
  }

  private static long runEpoch(Settings settings) {
    Long epoch =
        settings.part(
            IngestOptions.RUN_EPOCH.key(),
            settings.get(IngestOptions.RUN_EPOCH),
            PostgresLedger::checkEpoch);
    return epoch == null ? 0 : epoch;
  }

  private static ContractsConfig contracts(Settings settings) {
    Duration refresh =
        settings.part(
            IngestOptions.CONTRACTS_REFRESH.key(),
            settings.get(IngestOptions.CONTRACTS_REFRESH),
            ContractsConfig::checkRefresh);
    return settings.part(
        IngestOptions.CONTRACTS_PATH.key(),
        settings.get(IngestOptions.CONTRACTS_PATH),
        path -> ContractsConfig.read(path, refresh));
  }

  private static Optional<RegistryAddress> registry(Settings settings) {
    String file = settings.get(IngestOptions.REGISTRY_CREDENTIALS_FILE);
    String url = settings.get(IngestOptions.REGISTRY_URL);
    return Optional.ofNullable(
        settings.part(
            IngestOptions.REGISTRY_URL.key(),
            url.isBlank() ? null : url,
            text -> new RegistryAddress(text, file)));
  }

  private static SourceConfig source(Settings settings, Deployment names) {
    Duration idleness =
        settings.part(
            IngestOptions.IDLENESS.key(),
            settings.get(IngestOptions.IDLENESS),
            span -> {
              if (span.toMillis() < 1) {
                throw new IllegalArgumentException("must be at least 1ms");
              }
              return span;
            });
    return new SourceConfig(
        named(settings, names, IngestOptions.SOURCE_TOPIC),
        named(settings, names, IngestOptions.SOURCE_GROUP),
        settings.instant(IngestOptions.REPLAY_FROM),
        idleness);
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

  private static Map<String, String> flink(Settings settings) {
    Map<String, String> options = FlinkOptions.read(settings);
    String unaligned = CheckpointingOptions.ENABLE_UNALIGNED.key();
    if (Boolean.parseBoolean(options.get(unaligned))) {
      settings.refuse(unaligned, "the ledger is exact with aligned checkpoints only; use false");
    }
    return options;
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

  /** After how long without records a partition no longer holds back time. */
  public Duration idleness() {
    return source.idleness();
  }
}
