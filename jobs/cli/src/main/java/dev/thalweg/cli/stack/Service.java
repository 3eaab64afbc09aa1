package dev.thalweg.cli.stack;

import java.util.Locale;

/** The processes of a stack, in the order they are listed. */
public enum Service {
  ZOOKEEPER("ZooKeeper"),
  KAFKA("Kafka"),
  POSTGRES("PostgreSQL"),
  JOBMANAGER("JobManager"),
  TASKMANAGER("TaskManager");

  private final String title;

  Service(String title) {
    this.title = title;
  }

  /** How it is called in text for people. */
  public String title() {
    return title;
  }

  /** How it is called in file names and on command lines. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
