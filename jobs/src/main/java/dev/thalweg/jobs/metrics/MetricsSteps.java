package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.Step;

/** Every step of the metrics job. The uids are part of every savepoint. */
public enum MetricsSteps implements Step {
  /** Reads canonical events. */
  READ_EVENTS("read-events", "Canonical events; time is theirs, or their arrival if that is less"),
  /** Counts what was read. */
  COUNT_CONSUMED("count-consumed", "Records read, by partition, for the ledger"),
  /** Selects. */
  SELECT("select", "What each event means to the metrics; what it adds to rows, aggregated"),
  /** Tracks subjects. */
  TRACK_SUBJECTS("track-subjects", "Uniques, sessions, funnels and retention of each subject"),
  /** Aggregates before the shuffle. */
  PRE_AGGREGATE("pre-aggregate", "What subjects add to rows, brought together before it is sent"),
  /** Aggregates. */
  AGGREGATE("aggregate", "Rows of views; those that changed are published, open windows too"),
  /** Writes views. */
  WRITE_VIEWS("write-views", "Rows to PostgreSQL, the newer version wins"),
  /** Writes values of metrics. */
  WRITE_VALUES("write-values", "Values of metrics to a compacted topic"),
  /** Writes late events. */
  WRITE_LATE("write-late", "Events that every metric dropped as late, for a backfill"),
  /** Writes dead letters. */
  WRITE_DEAD_LETTERS("write-dead-letters", "Records that are no canonical ones"),
  /** Keeps the ledger. */
  KEEP_LEDGER(
      "keep-ledger", "Totals by partition at each checkpoint, published after it completed");

  /** The job's name. */
  public static final String JOB = "metrics";

  private final String id;
  private final String description;

  MetricsSteps(String id, String description) {
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
