package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The modes mean what schema registries mean by them. */
class CompatibilityOracleTest {
  private static JsonNode assertions() throws IOException {
    return new ObjectMapper().readTree(Oracles.file("avro-compatibility.json").toFile());
  }

  @TestFactory
  List<DynamicTest> agreesWithTheRegistry() throws IOException {
    return StreamSupport.stream(assertions().spliterator(), false)
        .map(
            assertion ->
                DynamicTest.dynamicTest(
                    assertion.path("level").asText() + ": " + assertion.path("why").asText(),
                    () -> assertAgrees(assertion)))
        .toList();
  }

  @Test
  void thereAre32Assertions() throws IOException {
    assertThat(assertions()).hasSize(32);
  }

  private static void assertAgrees(JsonNode assertion) {
    List<Schema> older = new ArrayList<>();
    assertion.path("previous_oldest_first").forEach(schema -> older.add(parse(schema)));
    CompatibilityMode mode =
        CompatibilityMode.named(assertion.path("level").asText()).orElseThrow();
    assertThat(mode.allows(parse(assertion.path("new")), older))
        .isEqualTo(assertion.path("compatible").asBoolean());
  }

  private static Schema parse(JsonNode schema) {
    return new Schema.Parser().parse(schema.toString());
  }
}
