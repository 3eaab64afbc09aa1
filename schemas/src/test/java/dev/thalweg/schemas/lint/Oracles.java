package dev.thalweg.schemas.lint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds answers from outside that are no part of the repository. */
final class Oracles {
  private Oracles() {}

  /** A file of answers; where it is absent the test is reported as skipped. */
  static Path file(String name) {
    Path folder =
        Optional.ofNullable(System.getenv("THALWEG_ORACLES"))
            .map(Path::of)
            .orElseGet(() -> root().resolve("../shared/oracles"));
    Path file = folder.resolve(name);
    assumeTrue(Files.isReadable(file), "oracles absent");
    return file;
  }

  /** A file of the repository. */
  static Path repository(String path) {
    return root().resolve(path).normalize();
  }

  private static Path root() {
    return Path.of(Optional.ofNullable(System.getenv("THALWEG_ROOT")).orElse(".."));
  }
}
