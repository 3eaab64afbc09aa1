package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.Waiting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a stack. It outlives whoever started it, is found again by its pid file, and is
 * only ever signalled when the id and the start time on record are those of the running process.
 */
public final class StackProcess {

  private static final Logger LOG = LoggerFactory.getLogger(StackProcess.class);
  private static final Duration READY_WITHIN = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration DEATH_WITHIN = Duration.ofSeconds(30);
  private static final Duration PORT_FREE_WITHIN = Duration.ofSeconds(3);
  private static final Duration EXIT_STATUS_WITHIN = Duration.ofSeconds(2);
  private static final int TRANSIENT_FAILURES = 40;
  private static final int SIGNALLED = 128;

  private final ProcessDefinition definition;
  private final StackHome home;
  private final int port;
  private final PidFile pidFile;
  private Process child;
  private boolean abandoned;
  private List<LogTail> logs = List.of();

  StackProcess(ProcessDefinition definition, StackHome home, int port) {
    this.definition = definition;
    this.home = home;
    this.port = port;
    this.pidFile = new PidFile(home.pidFile(definition.service()));
  }

  /** Which of the services this is. */
  public Service service() {
    return definition.service();
  }

  /** The port it listens on; 0 when that is nobody's business. */
  public int port() {
    return port;
  }

  /** Its process id while it runs. */
  public Optional<Long> pid() {
    return pidFile.running().map(ProcessIdentity::pid);
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return pidFile.running().isPresent();
  }

  /** Whether it runs and does its work. */
  public boolean answers() {
    return isAlive() && definition.answers();
  }

  /** Starts it unless it runs; does not wait until it answers. */
  public void start() {
    if (isAlive()) {
      return;
    }
    requireFreePort();
    try {
      Files.createDirectories(home.logs());
      definition.prepare();
      launch();
    } catch (IOException e) {
      throw CommandFailure.failed(
          service().title() + " cannot start: " + DiskSpace.explain(home.directory(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed(service().title() + " was interrupted while starting", e);
    }
  }

  void requireFreePort() {
    if (port != 0 && !Waiting.until(() -> LoopbackPorts.isFree(port), PORT_FREE_WITHIN)) {
      throw CommandFailure.failed(
          "%s cannot start: port %d on %s is in use by another process; stop that one%s"
              .formatted(service().title(), port, LoopbackPorts.HOST, orChooseAnother()));
    }
  }

  /** Waits until it answers; fails with the reason when it ends before. */
  public void awaitReady() {
    awaitReady(() -> false);
  }

  void awaitReady(BooleanSupplier abandoned) {
    for (int failures = 0; ; failures++) {
      boolean settled =
          Waiting.until(
              () -> abandoned.getAsBoolean() || !isAlive() || definition.answers(), READY_WITHIN);
      if (abandoned.getAsBoolean() || (settled && isAlive())) {
        return;
      }
      if (!settled) {
        throw CommandFailure.failed(
            "%s does not answer after %d s: %s; see %s"
                .formatted(
                    service().title(),
                    READY_WITHIN.toSeconds(),
                    loggedCause().orElse("it logged no reason"),
                    logFile()));
      }
      String cause = cause();
      if (failures >= TRANSIENT_FAILURES || !definition.isTransient(cause)) {
        throw CommandFailure.failed(
            "%s ended while starting: %s; see %s".formatted(service().title(), cause, logFile()));
      }
      LOG.info("{} is started again after: {}", service().title(), cause);
      start();
    }
  }

  /** Ends it in an orderly way, by force when that takes too long. */
  public void stop() {
    pidFile
        .running()
        .ifPresent(
            identity -> {
              signal(identity, definition.stopSignal());
              if (!Waiting.until(() -> !identity.isAlive(), GRACE)) {
                LOG.warn("{} did not end in {}, killing it", service().title(), GRACE);
                kill();
              }
            });
    pidFile.delete();
  }

  /** Ends it at once, as a crash would. */
  public void kill() {
    pidFile
        .running()
        .ifPresent(
            identity -> {
              signal(identity, "KILL");
              if (!Waiting.until(() -> !identity.isAlive(), DEATH_WITHIN)) {
                throw CommandFailure.failed(
                    "%s (process %d) does not end".formatted(service().title(), identity.pid()));
              }
            });
  }

  /** Ends what was only just started; there is nothing yet to lose. */
  synchronized void abandon() {
    abandoned = true;
    kill();
    pidFile.delete();
  }

  /** Freezes it: it keeps its connections and answers nobody. */
  public void pause() {
    pidFile.running().ifPresent(identity -> signal(identity, "STOP"));
  }

  /** Lets it go on after {@link #pause}. */
  public void resume() {
    pidFile.running().ifPresent(identity -> signal(identity, "CONT"));
  }

  /** Stops it, starts it and waits until it answers. */
  public void restart() {
    stop();
    start();
    awaitReady();
  }

  private synchronized void launch() throws IOException {
    if (abandoned) {
      throw CommandFailure.failed(service().title() + " is not started: interrupted");
    }
    logs = Stream.of(home.output(service()), home.log(service())).map(LogTail::from).toList();
    List<String> command = new ArrayList<>(detached());
    command.addAll(definition.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.output(service()).toFile()));
    builder.environment().putAll(definition.environment());
    child = builder.start();
    ProcessIdentity.of(child.pid()).ifPresent(pidFile::write);
  }

  /** Ctrl-C and the end of a terminal are not for the stack. The process id stays the same. */
  private static List<String> detached() {
    return Programs.find("setsid")
        .map(setsid -> List.of(setsid.toString()))
        .orElse(List.of("bash", "-c", "trap '' INT HUP; exec \"$@\"", "bash"));
  }

  private void signal(ProcessIdentity identity, String name) {
    LOG.info("SIG{} to {}, process {}", name, service().title(), identity.pid());
    try {
      Process kill =
          new ProcessBuilder("bash", "-c", "kill -\"$0\" \"$1\"", name, "" + identity.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (kill.waitFor() != 0 && identity.isAlive()) {
        throw CommandFailure.failed(
            "not permitted to signal %s (process %d)".formatted(service().title(), identity.pid()));
      }
    } catch (IOException e) {
      throw CommandFailure.failed("cannot signal " + service().title() + ": " + RootCause.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String cause() {
    Optional<String> full = DiskSpace.exhausted(home.directory());
    if (full.isPresent()) {
      return full.get();
    }
    boolean ended = child != null && Waiting.until(() -> !child.isAlive(), EXIT_STATUS_WITHIN);
    if (ended && child.exitValue() > SIGNALLED) {
      int signal = child.exitValue() - SIGNALLED;
      boolean orderly = signal == 15 || signal == 2;
      return orderly && loggedCause().isPresent()
          ? loggedCause().get()
          : "it was killed (signal " + signal + ")";
    }
    return loggedCause().orElse("it logged no reason");
  }

  private Optional<String> loggedCause() {
    return logs.stream().map(LogTail::cause).flatMap(Optional::stream).findFirst();
  }

  private Path logFile() {
    return logs.stream()
        .filter(tail -> tail.cause().isPresent())
        .map(LogTail::file)
        .findFirst()
        .orElse(home.log(service()));
  }

  private String orChooseAnother() {
    return switch (service()) {
      case JOBMANAGER -> ", or set THALWEG_UI_PORT to a free one";
      case KAFKA -> ", or set THALWEG_KAFKA_PORT to a free one";
      case POSTGRES -> ", or set THALWEG_PG_PORT to a free one";
      case ZOOKEEPER, TASKMANAGER -> ", or take the stack down and up again";
    };
  }
}
