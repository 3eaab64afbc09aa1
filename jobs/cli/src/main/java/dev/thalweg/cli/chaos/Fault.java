package dev.thalweg.cli.chaos;

/** Something that goes wrong in the middle of a trial. */
public enum Fault {
  /** The TaskManager is killed, and started again. */
  KILL_TASKMANAGER("TaskManager killed (-9)"),
  /** The JobManager is killed, and started again. */
  KILL_JOBMANAGER("JobManager killed (-9)"),
  /** The broker is stopped and started again. */
  RESTART_KAFKA("Kafka restarted"),
  /** The database is stopped and started again. */
  RESTART_POSTGRES("PostgreSQL restarted"),
  /** The job is stopped with a savepoint and goes on from it with another parallelism. */
  RESCALE("stopped with savepoint, resumed at another parallelism");

  private final String title;

  Fault(String title) {
    this.title = title;
  }

  /** What happens, in words. */
  public String title() {
    return title;
  }
}
