package dev.thalweg.operators.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds answers from outside that are no part of the repository. */
public final class Oracles {
  private Oracles() {}

  /** A file of answers; where it is absent the test is reported as skipped. */
  public static Path file(String name) {
    Path folder =
        Optional.ofNullable(System.getenv("THALWEG_ORACLES"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getenv("THALWEG_ROOT"), "../shared/oracles"));
    Path file = folder.resolve(name);
    assumeTrue(Files.isReadable(file), "oracles absent");
    return file;
  }
}
