package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.Step;

/** Every step of the experiments job. The uids are part of every savepoint. */
public enum ExperimentsSteps implements Step {
  /** Reads canonical events. */
  READ_EVENTS("read-events", "Canonical events; time is theirs, or their arrival if that is less"),
  /** Counts what was read. */
  COUNT_CONSUMED("count-consumed", "Records read, by partition, for the ledger"),
  /** Reads definitions. */
  READ_DEFINITIONS("read-definitions", "All versions of all experiments"),
  /** Waits for the definitions that were there at the start. */
  AWAIT_DEFINITIONS(
      "await-definitions", "Holds back time until those present at the start were read"),
  /** Decodes definitions. */
  DECODE_DEFINITIONS("decode-definitions", "Definitions of records; a version is never rewritten"),
  /** Tells a phase of its versions. */
  TELL_PHASES("tell-phases", "Each version to its phase, and to the one that it ends"),
  /** Selects. */
  SELECT("select", "What each event means to the units of the experiments that run"),
  /** Routes. */
  ROUTE("route", "Which events go to pipelines of experiments, by the flag of their unit"),
  /** Reads dead letters. */
  READ_DEAD_LETTERS("read-dead-letters", "Events that could not be processed"),
  /** Joins dead letters. */
  JOIN_DEAD_LETTERS("join-dead-letters", "Exposures among them, by experiment and variant"),
  /** Takes dead letters out of time. */
  IGNORE_TIME("ignore-time", "Dead letters do not move the time of the events"),
  /** Attributes outcomes. */
  ATTRIBUTE("attribute", "Exposures and outcomes of each unit, and what they change in sums"),
  /** Scores. */
  SCORE("score", "Scorecards and health of each phase; decisions on closed minutes"),
  /** Writes views. */
  WRITE_VIEWS("write-views", "Rows to PostgreSQL, the newer version wins"),
  /** Brings rows to what is written to Kafka. */
  COLLECT_ROWS("collect-rows", "Scorecards and decisions for Kafka"),
  /** Brings assignments to what is written to Kafka. */
  COLLECT_ASSIGNMENTS("collect-assignments", "Assignments for Kafka"),
  /** Brings routed events to what is written to Kafka. */
  COLLECT_ROUTED("collect-routed", "Routed events for Kafka"),
  /** Brings dead letters to what is written to Kafka. */
  COLLECT_DEAD_LETTERS("collect-dead-letters", "Dead letters for Kafka"),
  /** Writes to Kafka. */
  WRITE("write", "Scorecards, decisions, assignments, routed events and dead letters to Kafka"),
  /** Selects what is promoted. */
  SELECT_PROMOTIONS("select-promotions", "Decisions that make the next version of a definition"),
  /** Promotes. */
  PROMOTE("promote", "The next version of a definition, where its policy says so"),
  /** Keeps the ledger. */
  KEEP_LEDGER(
      "keep-ledger", "Totals by partition at each checkpoint, published after it completed");

  /** The job's name. */
  public static final String JOB = "experiments";

  private final String id;
  private final String description;

  ExperimentsSteps(String id, String description) {
    this.id = id;
    this.description = description;
  }

  @Override
  public String uid() {
    return JOB + "/" + id;
  }

  @Override
  public String title() {
    return id.replace('-', ' ');
  }

  @Override
  public String description() {
    return description;
  }
}
