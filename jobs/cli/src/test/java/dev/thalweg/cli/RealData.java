package dev.thalweg.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the real logs that are no part of the repository. */
public final class RealData {

  private RealData() {}

  /** A file of the real data; where it is absent the test is reported as skipped. */
  public static Path file(String name) {
    Path folder =
        Optional.ofNullable(System.getenv("THALWEG_DATA"))
            .map(Path::of)
            .orElseGet(() -> root().resolve("../shared/data"));
    Path file = folder.resolve(name);
    assumeTrue(Files.isReadable(file), "data absent");
    return file;
  }

  /** The root of the repository. */
  public static Path root() {
    return Path.of(System.getenv("THALWEG_ROOT"));
  }
}
