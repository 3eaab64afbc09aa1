package dev.thalweg.cli.stack;

import java.nio.file.Path;
import java.util.List;

/** Where a stack keeps what, below its home directory. */
public record StackHome(Path directory) {

  Path portsFile() {
    return directory.resolve("stack.properties");
  }

  Path lockFile() {
    return directory.resolve("stack.lock");
  }

  Path pidFile(Service service) {
    return directory.resolve("pids").resolve(service.id() + ".pid");
  }

  /** Where logs go. */
  public Path logs() {
    return directory.resolve("logs");
  }

  /** What a process logs. */
  public Path log(Service service) {
    return logs().resolve(service.id() + ".log");
  }

  /** What a process prints. */
  public Path output(Service service) {
    return logs().resolve(service.id() + ".out");
  }

  Path kafka() {
    return directory.resolve("kafka");
  }

  Path zooKeeper() {
    return directory.resolve("zookeeper");
  }

  Path postgres() {
    return directory.resolve("postgres");
  }

  Path postgresData() {
    return postgres().resolve("data");
  }

  Path flink() {
    return directory.resolve("flink");
  }

  /** The rendered Flink configuration. */
  public Path flinkConf() {
    return flink().resolve("conf");
  }

  /** Where {@code stop} leaves savepoints. */
  public Path savepoints() {
    return directory.resolve("savepoints");
  }

  /** Pages that were written to be looked at. */
  public Path reports() {
    return directory.resolve("reports");
  }

  /** What was submitted last, a file for each job. */
  public Path submissions() {
    return directory.resolve("submissions");
  }

  /** The password of the user's own PostgreSQL, for the jobs of the local cluster. */
  public Path postgresPassword() {
    return directory.resolve("postgres.password");
  }

  /** What a reset deletes: all but unpacked programs. */
  List<Path> state() {
    return List.of(
        kafka(),
        zooKeeper(),
        postgresData(),
        flink(),
        savepoints(),
        submissions(),
        postgresPassword(),
        logs(),
        directory.resolve("pids"),
        portsFile());
  }
}
