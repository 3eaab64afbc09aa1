package dev.thalweg.operators.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
    assumeTrue(Files.isReadable(file), "skipped, data absent");
    return file;
  }

  /** A file of answers in JSON. */
  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(file(name).toFile());
  }
}
