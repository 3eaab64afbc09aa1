package dev.thalweg.jobs.ingest;

import static dev.thalweg.jobs.config.TypedOptions.duration;
import static dev.thalweg.jobs.config.TypedOptions.required;
import static dev.thalweg.jobs.config.TypedOptions.size;
import static dev.thalweg.jobs.config.TypedOptions.text;

import dev.thalweg.jobs.JobOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Every option of the ingest job. */
final class IngestOptions {
  static final ConfigOption<Duration> CONTRACTS_REFRESH =
      duration(
          "contracts.refresh",
          "How often the running job looks at contracts.path for new contracts, from 1s to 1h; 0s for never, which saves events a hop between threads.",
          Duration.ZERO);
  static final ConfigOption<String> SOURCE_TOPIC =
      required("ingest.source.topic", "Topic of raw events.");
  static final ConfigOption<String> SOURCE_GROUP =
      text("ingest.source.group", "Consumer group that shows the progress.", "ingest");
  static final ConfigOption<String> REPLAY_FROM =
      text(
          "ingest.source.replay-from",
          "Arrival to begin at, as 2026-11-01T00:00:00Z; if empty, the earliest record. No part after a savepoint.",
          "");
  static final ConfigOption<Duration> IDLENESS =
      duration(
          "ingest.source.idleness",
          "After how long without records a partition no longer holds back time.",
          Duration.ofSeconds(2));
  static final ConfigOption<String> PROFILES_TOPIC =
      required("ingest.profiles.topic", "Compacted topic of user profiles.");
  static final ConfigOption<String> CANONICAL_TOPIC =
      required("ingest.sink.canonical-topic", "Topic of accepted events.");
  static final ConfigOption<String> DEAD_LETTER_TOPIC =
      required("ingest.sink.dead-letter-topic", "Topic of records that could not be processed.");
  static final ConfigOption<Delivery> DELIVERY =
      ConfigOptions.key("ingest.sink.delivery")
          .enumType(Delivery.class)
          .defaultValue(Delivery.EXACTLY_ONCE)
          .withDescription(
              "How surely messages are written: exactly-once, in transactions that commit with each checkpoint; or at-least-once, seen sooner, with repetitions after a failure.");
  static final ConfigOption<MemorySize> MAX_BYTES =
      size(
          "ingest.max-bytes",
          "Longest event accepted; a longer one is a size_violation. At most 4 mb, as a subject may be as long as its event and is written twice, in key and value.",
          "1mb");
  static final ConfigOption<MemorySize> DEAD_LETTER_MAX_BYTES =
      size(
          "ingest.dead-letter.max-bytes",
          "Longest event that its dead letter carries whole; a longer one is cut, its length and SHA-256 kept. At most 8 mb.",
          "8128kb");
  static final ConfigOption<String> TIME_FLOOR =
      text(
          "ingest.time.floor",
          "Earliest event time accepted; before it is a time_violation.",
          "1990-01-01T00:00:00Z");
  static final ConfigOption<Duration> TIME_AHEAD =
      duration(
          "ingest.time.max-ahead",
          "How far event time may lie after arrival; further is a time_violation.",
          Duration.ofHours(24));
  static final ConfigOption<UnknownFields> UNKNOWN_FIELDS =
      ConfigOptions.key("validation.unknown-fields")
          .enumType(UnknownFields.class)
          .defaultValue(UnknownFields.DROP)
          .withDescription(
              "What becomes of a JSON attribute that the contract does not know: drop it and count it, or reject the event as a schema_violation.");
  static final ConfigOption<Boolean> DEDUP_ENABLED =
      ConfigOptions.key("ingest.dedup.enabled")
          .booleanType()
          .defaultValue(true)
          .withDescription("Whether duplicates are dropped.");
  static final ConfigOption<Duration> DEDUP_RETENTION =
      duration(
          "ingest.dedup.retention",
          "How long after its first arrival an event id is remembered.",
          Duration.ofHours(24));

  /** All of them, in the order of the reference: those of a group together. */
  static final List<ConfigOption<?>> ALL =
      JobOptions.and(
          CONTRACTS_REFRESH,
          SOURCE_TOPIC,
          SOURCE_GROUP,
          REPLAY_FROM,
          IDLENESS,
          PROFILES_TOPIC,
          CANONICAL_TOPIC,
          DEAD_LETTER_TOPIC,
          DELIVERY,
          MAX_BYTES,
          DEAD_LETTER_MAX_BYTES,
          TIME_FLOOR,
          TIME_AHEAD,
          DEDUP_ENABLED,
          DEDUP_RETENTION,
          UNKNOWN_FIELDS);

  /** How surely messages are written. Flink's third guarantee, none, loses events. */
  enum Delivery {
    EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE),
    AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE);

    private final DeliveryGuarantee guarantee;

    Delivery(DeliveryGuarantee guarantee) {
      this.guarantee = guarantee;
    }

    DeliveryGuarantee guarantee() {
      return guarantee;
    }
  }

  /** What becomes of attributes that a contract does not know. */
  enum UnknownFields {
    DROP,
    REJECT
  }

  private IngestOptions() {}
}
