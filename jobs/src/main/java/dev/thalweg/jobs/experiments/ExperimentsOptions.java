package dev.thalweg.jobs.experiments;

import static dev.thalweg.jobs.config.TypedOptions.duration;
import static dev.thalweg.jobs.config.TypedOptions.required;
import static dev.thalweg.jobs.config.TypedOptions.text;

import dev.thalweg.jobs.JobOptions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** Every option of the experiments job. */
final class ExperimentsOptions {
  static final ConfigOption<String> SOURCE_TOPIC =
      required("experiments.source.topic", "Topic of canonical events.");
  static final ConfigOption<String> SOURCE_GROUP =
      text("experiments.source.group", "Consumer group that shows the progress.", "experiments");
  static final ConfigOption<String> REPLAY_FROM =
      text(
          "experiments.source.replay-from",
          "Arrival in the topic to begin at, as 2026-11-01T00:00:00Z; if empty, the earliest record. No part after a savepoint. A run that replays promotes nothing.",
          "");
  static final ConfigOption<Duration> IDLENESS =
      duration(
          "experiments.source.idleness",
          "After how long without records a partition no longer holds back time; longer than the interval of ingest's checkpoints, with which canonical events come, or minutes close without some.",
          Duration.ofSeconds(30));
  static final ConfigOption<String> DEFINITIONS_TOPIC =
      required("experiments.definitions-topic", "Compacted topic of definitions.");
  static final ConfigOption<String> DEAD_LETTER_TOPIC =
      required(
          "experiments.dead-letter-topic",
          "Topic of dead letters: read, to find exposures among them, and written.");
  static final ConfigOption<String> ASSIGNMENTS_TOPIC =
      required("experiments.sink.assignments-topic", "Topic of units that entered an experiment.");
  static final ConfigOption<String> SCORECARDS_TOPIC =
      required("experiments.sink.scorecards-topic", "Compacted topic of scorecards.");
  static final ConfigOption<String> DECISIONS_TOPIC =
      required("experiments.sink.decisions-topic", "Topic of decisions.");
  static final ConfigOption<String> ROUTE_PREFIX =
      text(
          "experiments.sink.route-prefix",
          "What stands before the name of a route in that of its topic.",
          "experiments.route.");
  static final ConfigOption<Duration> DISORDER =
      duration(
          "experiments.disorder",
          "How far event time stays behind the latest event of a partition; minutes close, and decisions are made, so much later.",
          Duration.ofSeconds(10));
  static final ConfigOption<Duration> LATENESS =
      duration(
          "experiments.lateness",
          "How far behind event time an event may come and still correct scorecards; beyond it, it is late.",
          Duration.ofHours(48));
  static final ConfigOption<Duration> RETENTION =
      duration(
          "experiments.retention",
          "How long a unit is remembered after its last event, in event time; an outcome after that is one of a unit never exposed.",
          Duration.ofDays(90));
  static final ConfigOption<Duration> EMIT =
      duration(
          "experiments.emit", "How often changed scorecards are published.", Duration.ofSeconds(5));
  static final ConfigOption<Boolean> PROMOTE =
      ConfigOptions.key("experiments.promote")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether decisions are acted on where an experiment's policy says so. If false, they are only told.");

  /** All of them, in the order of the reference: those of a group together. */
  static final List<ConfigOption<?>> ALL =
      JobOptions.and(
          SOURCE_TOPIC,
          SOURCE_GROUP,
          REPLAY_FROM,
          IDLENESS,
          DEFINITIONS_TOPIC,
          DEAD_LETTER_TOPIC,
          ASSIGNMENTS_TOPIC,
          SCORECARDS_TOPIC,
          DECISIONS_TOPIC,
          ROUTE_PREFIX,
          DISORDER,
          LATENESS,
          RETENTION,
          EMIT,
          PROMOTE);

  private ExperimentsOptions() {}
}
