package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.Progress;
import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.kafka.TopicChange;
import dev.thalweg.cli.kafka.TopicsApplication;
import dev.thalweg.cli.kafka.TopicsFile;
import dev.thalweg.cli.postgres.Migrations;
import dev.thalweg.jobs.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Kafka, Flink, ZooKeeper and PostgreSQL as processes on the loopback address, with their state
 * below one home directory. The processes outlive this object: another one over the same home finds
 * them again.
 */
public final class LocalStack {

  private static final int SLOTS = 8;
  private static final Duration SLOTS_WITHIN = Duration.ofMinutes(2);

  private final StackSettings settings;
  private final StackHome home;
  private final Progress progress;

  /** The stack of a home directory; starts nothing. */
  public LocalStack(StackSettings settings, Progress progress) {
    this.settings = settings;
    this.home = new StackHome(settings.home());
    this.progress = progress;
  }

  /** Where it keeps its files. */
  public StackHome home() {
    return home;
  }

  /** Where its parts, or the user's own in their place, are reached. */
  public StackAddresses addresses() {
    return StackAddresses.of(settings, home);
  }

  /** The processes that belong to this stack, in the order of {@link Service}. */
  public List<StackProcess> processes() {
    return processes(StackAddresses.portsInUse(settings, home));
  }

  /** One of the processes. */
  public StackProcess process(Service service) {
    return processes().stream()
        .filter(process -> process.service() == service)
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.wrongInput(
                    service.title() + " is your own here: this stack does not run it"));
  }

  /** Starts what does not run and returns when everything works; undoes its starts on failure. */
  public void up() {
    withLock(
        () -> {
          List<StackProcess> processes = processes(settlePorts());
          List<StackProcess> missing =
              processes.stream().filter(process -> !process.isAlive()).toList();
          Undo undo = new Undo(missing);
          try {
            start(missing);
            processes.stream()
                .filter(process -> !missing.contains(process))
                .forEach(StackProcess::awaitReady);
            prepareContents();
            awaitSlots();
          } catch (RuntimeException e) {
            undo.now();
            throw e;
          } finally {
            undo.disarm();
          }
          return null;
        });
  }

  /** Ends every process of this stack; answers how many ran. */
  public int down() {
    return withLock(this::stopAll);
  }

  /** Ends every process and deletes all state. */
  public void reset() {
    withLock(
        () -> {
          stopAll();
          home.state().forEach(FileTree::delete);
          return null;
        });
  }

  private int stopAll() {
    List<StackProcess> running = processes().stream().filter(StackProcess::isAlive).toList();
    stop(running, Service.TASKMANAGER, Service.JOBMANAGER);
    stop(running, Service.KAFKA, Service.POSTGRES);
    stop(running, Service.ZOOKEEPER);
    return running.size();
  }

  private void stop(List<StackProcess> running, Service... services) {
    List<Service> wave = List.of(services);
    Together.run(
        running.stream()
            .filter(process -> wave.contains(process.service()))
            .map(
                process ->
                    (Runnable)
                        () -> {
                          progress.say("stopping " + process.service().title());
                          process.stop();
                        })
            .toList());
  }

  private void start(List<StackProcess> missing) {
    if (missing.isEmpty()) {
      return;
    }
    try {
      DiskSpace.require(home.directory());
    } catch (IOException e) {
      throw CommandFailure.failed(DiskSpace.explain(home.directory(), e), e);
    }
    missing.forEach(StackProcess::requireFreePort);
    ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    Together.run(
        missing.stream()
            .map(
                process ->
                    (Runnable)
                        () -> {
                          try {
                            progress.say("starting " + process.service().title() + at(process));
                            process.start();
                            process.awaitReady(() -> !failures.isEmpty());
                          } catch (RuntimeException e) {
                            failures.add(e);
                          }
                        })
            .toList());
    if (!failures.isEmpty()) {
      throw failures.peek();
    }
  }

  private static String at(StackProcess process) {
    return process.port() == 0 ? "" : " on " + LoopbackPorts.HOST + ":" + process.port();
  }

  private void prepareContents() {
    Deployment only = new Deployment("");
    StackAddresses addresses = addresses();
    TopicsFile topics = TopicsFile.read(TopicsFile.of(settings.root()));
    List<TopicChange> changes =
        new TopicsApplication(KafkaConnection.to(addresses.kafkaBootstrap()), only).apply(topics);
    long changed = changes.stream().filter(TopicChange::isChange).count();
    if (changed > 0) {
      progress.say("topics: " + changed + " created or altered");
    }
    int migrations = new Migrations(addresses.postgres(), only).apply();
    if (migrations > 0) {
      progress.say("views: " + migrations + " migration(s) applied");
    }
  }

  private void awaitSlots() {
    FlinkCluster cluster = new FlinkCluster(addresses().flink());
    int wanted = settings.flinkHome().isPresent() ? 1 : SLOTS;
    if (!Waiting.until(() -> cluster.slots() >= wanted, SLOTS_WITHIN)) {
      throw CommandFailure.failed(
          "Flink at %s offers %d of %d task slots; see %s"
              .formatted(
                  cluster.address(), cluster.slots(), wanted, home.log(Service.TASKMANAGER)));
    }
  }

  /** Keeps the ports of a stack that runs; chooses anew for one that does not. */
  private StackPorts settlePorts() {
    Optional<StackPorts> remembered = StackPorts.remembered(home.portsFile());
    boolean runs =
        remembered.stream()
            .flatMap(ports -> processes(ports).stream())
            .anyMatch(StackProcess::isAlive);
    if (runs) {
      StackPorts present = remembered.get();
      if (!present.askedFor(settings).equals(present)) {
        throw CommandFailure.wrongInput(
            "this stack runs on other ports (web UI %d, Kafka %d, PostgreSQL %d): take it down first, or give another stack its own THALWEG_HOME"
                .formatted(present.ui(), present.kafka(), present.postgres()));
      }
      return present;
    }
    StackPorts ports = StackPorts.choose(settings);
    ports.write(home.portsFile());
    return ports;
  }

  private List<StackProcess> processes(StackPorts ports) {
    List<ProcessDefinition> definitions = new ArrayList<>();
    FlinkConfDirectory conf = new FlinkConfDirectory(settings, home, ports);
    FlinkCluster cluster = new FlinkCluster(StackAddresses.loopback(ports.ui()));
    if (settings.flinkHome().isEmpty()) {
      definitions.add(new ZooKeeperNode(settings.root(), home, ports.zooKeeper()));
    }
    if (settings.kafkaBootstrap().isEmpty()) {
      definitions.add(
          new KafkaBroker(settings.root(), home, ports.kafka(), ports.kafkaController()));
    }
    if (settings.postgresUrl().isEmpty()) {
      definitions.add(new PostgresServer(home, ports.postgres()));
    }
    if (settings.flinkHome().isEmpty()) {
      definitions.add(new FlinkNode(Service.JOBMANAGER, settings.root(), home, conf, cluster));
      definitions.add(new FlinkNode(Service.TASKMANAGER, settings.root(), home, conf, cluster));
    }
    return definitions.stream()
        .map(definition -> new StackProcess(definition, home, ports.of(definition.service())))
        .toList();
  }

  private <T> T withLock(Supplier<T> work) {
    try {
      Files.createDirectories(home.directory());
      try (HomeLock lock = HomeLock.acquire(home.lockFile(), progress)) {
        return work.get();
      }
    } catch (IOException e) {
      throw CommandFailure.failed(
          "cannot use "
              + home.directory()
              + ": "
              + DiskSpace.explain(home.directory(), e)
              + "; set THALWEG_HOME to a directory that can be written",
          e);
    }
  }
}
