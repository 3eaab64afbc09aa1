package dev.thalweg.operators.experiments;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Answers from outside that are no part of the repository; where absent, a test is skipped. */
public final class Oracles {
  private Oracles() {}

  /** A file of answers as text. */
  public static String text(String name) throws IOException {
    Path file = folder().resolve(name);
    assumeTrue(Files.isReadable(file), "skipped, data absent");
    return Files.readString(file);
  }

  /** A file of answers in JSON. */
  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(text(name));
  }

  private static Path folder() {
    return Optional.ofNullable(System.getenv("THALWEG_ORACLES"))
        .map(Path::of)
        .orElseGet(
            () ->
                Path.of(Optional.ofNullable(System.getenv("THALWEG_ROOT")).orElse(".."))
                    .resolve("../shared/oracles"));
  }
}
