package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether there is room for the stack's files. */
final class DiskSpace {

  private static final long MIB = 1024L * 1024;
  private static final long NEEDED = 600 * MIB;
  private static final long NOTHING = MIB;

  private DiskSpace() {}

  /** Refuses to begin what cannot end well. */
  static void require(Path directory) throws IOException {
    long usable = Files.getFileStore(directory).getUsableSpace();
    if (usable < NEEDED) {
      throw CommandFailure.failed(
          "the disk is full: %d MiB are free under %s and the stack needs %d; free some, or set THALWEG_HOME"
              .formatted(usable / MIB, directory, NEEDED / MIB));
    }
  }

  /** Says so when the disk has run full. */
  static Optional<String> exhausted(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace() < NOTHING
          ? Optional.of("the disk is full, no space left under " + directory)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The reason of a failure; a full disk is named as such. */
  static String explain(Path directory, Throwable failure) {
    String cause = RootCause.of(failure);
    return cause.contains("No space left")
        ? "the disk is full, no space left under " + directory
        : exhausted(directory).orElse(cause);
  }
}
