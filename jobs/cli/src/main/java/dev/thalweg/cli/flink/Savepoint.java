package dev.thalweg.cli.flink;

import dev.thalweg.cli.CommandFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a savepoint lies.
 *
 * @param location as Flink understands it
 * @param directory the same on this machine; empty when it is elsewhere
 */
public record Savepoint(String location, Optional<Path> directory) {

  private static final String METADATA = "_metadata";

  /** What Flink reported, or the user typed: a path or an address. */
  public static Savepoint at(String location) {
    if (location.startsWith("file:")) {
      return local(Path.of(URI.create(location.replaceFirst("^file:/*", "file:///")).getPath()));
    }
    if (location.matches("[a-z][a-z0-9+.-]*://.*")) {
      return new Savepoint(location, Optional.empty());
    }
    return local(Path.of(location).toAbsolutePath().normalize());
  }

  /** The same; fails when it lies on this machine and holds no savepoint. */
  public Savepoint requirePresent() {
    directory.ifPresent(
        path -> {
          if (!Files.isRegularFile(path.resolve(METADATA))) {
            throw CommandFailure.wrongInput(
                "no savepoint at %s: it holds no %s; give the path that scripts/stop printed"
                    .formatted(path, METADATA));
          }
        });
    return this;
  }

  private static Savepoint local(Path path) {
    Path directory =
        path.getFileName() != null && path.getFileName().toString().equals(METADATA)
            ? path.getParent()
            : path;
    String uri = directory.toUri().toString();
    return new Savepoint(
        uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri, Optional.of(directory));
  }
}
