package dev.thalweg.jobs.ingest;

import dev.thalweg.jobs.Step;

/** Every step of the ingest job. The uids are part of every savepoint. */
public enum IngestSteps implements Step {
  /** Reads raw events. */
  READ_EVENTS("read-events", "Kafka records as they are; time is their arrival in the topic"),
  /** Counts what was read. */
  COUNT_CONSUMED("count-consumed", "Records read, by partition, for the ledger"),
  /** Looks for contracts; only where that is asked for. */
  FIND_CONTRACTS("find-contracts", "The contracts in contracts.path, every contracts.refresh"),
  /** Admits contracts; only where that is asked for. */
  ADMIT_CONTRACTS("admit-contracts", "Tells all decoders of each contract that is new and right"),
  /** Decodes. */
  DECODE(
      "decode",
      "Avro or JSON by its contract; what cannot be read becomes a dead letter with its bytes"),
  /** Validates. */
  VALIDATE("validate", "Sane event time, then the contract's rules; else a dead letter"),
  /** Reads profiles. */
  READ_PROFILES("read-profiles", "What is known of users, from the compacted topic"),
  /** Waits for the end of profiles. */
  AWAIT_PROFILES(
      "await-profiles", "Holds events back until the profiles there at the start were read"),
  /** Decodes profiles. */
  DECODE_PROFILES("decode-profiles", "Profiles by their contract"),
  /** Drops duplicates. */
  DEDUPLICATE("deduplicate", "Drops an event id seen before for the same subject, by arrival"),
  /** Joins profiles. */
  ENRICH("enrich", "Joins the user's profile; a missing one is counted and the event goes on"),
  /** Counts outcomes. */
  COUNT_OUTCOMES(
      "count-outcomes", "Accepted, duplicate and dead letter, by partition, for the ledger"),
  /** Writes. */
  WRITE("write", "Accepted events and dead letters, in one transaction a checkpoint"),
  /** Keeps the ledger. */
  KEEP_LEDGER(
      "keep-ledger", "Totals by partition at each checkpoint, published after it completed");

  /** The job's name. */
  public static final String JOB = "ingest";

  private final String id;
  private final String description;

  IngestSteps(String id, String description) {
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
