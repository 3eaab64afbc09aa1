package dev.thalweg.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process, and no later one that was given the same id: the id together with when it started.
 *
 * @param pid process id
 * @param started when it started, in terms that hold still until the machine restarts
 */
record ProcessIdentity(long pid, String started) {

  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  /** The running process of this id. */
  static Optional<ProcessIdentity> of(long pid) {
    return startOf(pid).map(started -> new ProcessIdentity(pid, started));
  }

  /** Whether this very process still runs. */
  boolean isAlive() {
    return startOf(pid).filter(started::equals).isPresent();
  }

  private static Optional<String> startOf(long pid) {
    Path boot = PROC.resolve("sys/kernel/random/boot_id");
    if (!Files.isReadable(boot)) {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .map(handle -> handle.info().startInstant().map(Object::toString).orElse("unknown"));
    }
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      boolean ended = "ZX".contains(fields[STATE]);
      return ended
          ? Optional.empty()
          : Optional.of(Files.readString(boot).strip() + "/" + fields[START_TICKS]);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
