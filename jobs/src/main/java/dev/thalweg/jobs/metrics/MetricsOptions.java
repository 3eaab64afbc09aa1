package dev.thalweg.jobs.metrics;

import static dev.thalweg.jobs.config.TypedOptions.duration;
import static dev.thalweg.jobs.config.TypedOptions.required;
import static dev.thalweg.jobs.config.TypedOptions.text;

import dev.thalweg.jobs.JobOptions;
import dev.thalweg.jobs.config.FlinkOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;

/** Every option of the metrics job, and the keys below which metrics are declared. */
final class MetricsOptions {
  static final ConfigOption<String> SOURCE_TOPIC =
      required("metrics.source.topic", "Topic of canonical events.");
  static final ConfigOption<String> SOURCE_GROUP =
      text("metrics.source.group", "Consumer group that shows the progress.", "metrics");
  static final ConfigOption<String> REPLAY_FROM =
      text(
          "metrics.source.replay-from",
          "Arrival in the topic to begin at, as 2026-11-01T00:00:00Z; if empty, the earliest record. No part after a savepoint.",
          "");
  static final ConfigOption<Duration> IDLENESS =
      duration(
          "metrics.source.idleness",
          "After how long without records a partition no longer holds back time.",
          Duration.ofSeconds(2));
  static final ConfigOption<String> VALUES_TOPIC =
      required("metrics.sink.values-topic", "Compacted topic of metric values.");
  static final ConfigOption<String> LATE_TOPIC =
      required("metrics.sink.late-topic", "Topic of events that every metric dropped as late.");
  static final ConfigOption<String> DEAD_LETTER_TOPIC =
      required(
          "metrics.sink.dead-letter-topic",
          "Topic of records that are no canonical records of a known contract.");
  static final ConfigOption<Duration> VIEWS_RETENTION =
      duration(
          "metrics.views.retention",
          "How long rows of old windows, sessions and cohorts are kept, in event time; 0s for ever.",
          Duration.ofDays(730));
  static final ConfigOption<Duration> DISORDER =
      duration(
          "metrics.disorder",
          "How far event time stays behind the latest event of a partition.",
          Duration.ofSeconds(10));
  static final ConfigOption<Duration> LATENESS =
      duration(
          "metrics.lateness",
          "How long after its end a window takes corrections, in event time; beyond it an event is late.",
          Duration.ofHours(48));
  static final ConfigOption<Duration> EMIT =
      duration("metrics.emit", "How often changed rows are published.", Duration.ofSeconds(5));
  static final ConfigOption<String> TIMEZONE =
      text("metrics.timezone", "Zone whose calendar days, weeks and months follow.", "UTC");
  static final ConfigOption<Duration> RETENTION_HORIZON =
      duration(
          "metrics.retention-horizon",
          "How long the activity of a subject is remembered for retention.",
          Duration.ofDays(730));

  /** All of them, in the order of the reference: those of a group together. */
  static final List<ConfigOption<?>> ALL =
      JobOptions.and(
          SOURCE_TOPIC,
          SOURCE_GROUP,
          REPLAY_FROM,
          IDLENESS,
          VALUES_TOPIC,
          LATE_TOPIC,
          DEAD_LETTER_TOPIC,
          VIEWS_RETENTION,
          DISORDER,
          LATENESS,
          EMIT,
          TIMEZONE,
          RETENTION_HORIZON);

  static final String DEFINITIONS = "metrics.definitions";
  static final String SESSIONS = "metrics.sessions";
  static final String FUNNELS = "metrics.funnels";
  static final String RETENTION = "metrics.retention";

  /** What {@link MetricsFile} reads as it stands in the file. */
  static final Set<String> DECLARATIONS = Set.of(DEFINITIONS, SESSIONS, FUNNELS, RETENTION);

  /** What goes to Flink: keys that begin with {@code metrics.} are the job's own here. */
  static final List<String> FLINK_PREFIXES =
      FlinkOptions.PREFIXES.stream().filter(prefix -> !prefix.equals("metrics.")).toList();

  private MetricsOptions() {}
}
