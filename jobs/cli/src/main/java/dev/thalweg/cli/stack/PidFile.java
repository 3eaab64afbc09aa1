package dev.thalweg.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Remembers which process was started, across the commands that started it and stop it. */
record PidFile(Path path) {

  /** The process that this file names, if it still runs. */
  Optional<ProcessIdentity> running() {
    try {
      List<String> lines = Files.readAllLines(path);
      if (lines.size() < 2 || !lines.get(0).matches("\\d{1,18}")) {
        return Optional.empty();
      }
      return Optional.of(new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1)))
          .filter(ProcessIdentity::isAlive);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(ProcessIdentity identity) {
    try {
      Files.createDirectories(path.getParent());
      Path next = path.resolveSibling(path.getFileName() + ".next");
      Files.write(next, List.of(Long.toString(identity.pid()), identity.started()));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
