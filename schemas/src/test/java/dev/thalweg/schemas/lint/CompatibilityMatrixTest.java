package dev.thalweg.schemas.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pairs and histories of schemas with verdicts written by hand, in every mode. */
class CompatibilityMatrixTest {
  private static List<String[]> rows(String resource) throws IOException {
    try (InputStream in = CompatibilityMatrixTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
          .toList();
    }
  }

  @Test
  void hasAtLeastSixtyPairs() throws IOException {
    assertThat(rows("compatibility-matrix.txt")).hasSizeGreaterThanOrEqualTo(60);
  }

  @TestFactory
  List<DynamicTest> judgesPairsInEveryMode() throws IOException {
    return rows("compatibility-matrix.txt").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row[0] + " | " + row[1],
                    () ->
                        assertAllowed(
                            List.of(schema(row[0])),
                            schema(row[1]),
                            modes(row[2].equals("yes"), row[3].equals("yes")))))
        .toList();
  }

  @Test
  void judgesFieldsThatAreReadOnceAsIfReadTwice() throws IOException {
    SchemaReading shared = new SchemaReading();
    for (String[] row : rows("compatibility-matrix.txt")) {
      if (!row[0].startsWith("schema ")) {
        shared(shared, row[0])
            .ifPresent(
                old ->
                    shared(shared, row[1])
                        .ifPresent(
                            now ->
                                assertAllowed(
                                    List.of(old),
                                    now,
                                    modes(row[2].equals("yes"), row[3].equals("yes")))));
      }
    }
  }

  private static Optional<Schema> shared(SchemaReading reading, String fields) {
    try {
      JsonNode tree = new ObjectMapper().readTree(record(fields));
      List<ObjectNode> nodes = new ArrayList<>();
      tree.path("fields").forEach(node -> nodes.add((ObjectNode) node));
      return reading.record(tree, nodes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  List<DynamicTest> judgesHistoriesInEveryMode() throws IOException {
    return rows("compatibility-histories.txt").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    String.join(" | ", row),
                    () -> {
                      Set<String> modes = new TreeSet<>(List.of(("NONE " + row[3]).split(" +")));
                      assertAllowed(List.of(schema(row[0]), schema(row[1])), schema(row[2]), modes);
                    }))
        .toList();
  }

  private static Set<String> modes(boolean backward, boolean forward) {
    Set<String> modes = new TreeSet<>(List.of("NONE"));
    if (backward) {
      modes.addAll(List.of("BACKWARD", "BACKWARD_TRANSITIVE"));
    }
    if (forward) {
      modes.addAll(List.of("FORWARD", "FORWARD_TRANSITIVE"));
    }
    if (backward && forward) {
      modes.addAll(List.of("FULL", "FULL_TRANSITIVE"));
    }
    return modes;
  }

  private static void assertAllowed(List<Schema> older, Schema newest, Set<String> expected) {
    Set<String> allowed = new TreeSet<>();
    for (CompatibilityMode mode : CompatibilityMode.values()) {
      if (mode.allows(newest, older)) {
        allowed.add(mode.name());
      }
    }
    assertThat(allowed).isEqualTo(expected);
  }

  private static Schema schema(String text) {
    if (text.startsWith("schema ")) {
      return new Schema.Parser().parse(json(text.substring("schema ".length())));
    }
    return new Schema.Parser().parse(record(text));
  }

  private static String record(String text) {
    List<String> fields = new ArrayList<>();
    for (String field : text.split(";")) {
      String[] nameAndRest = field.split(":", 2);
      String[] names = nameAndRest[0].strip().split("~");
      String[] typeAndDefault = nameAndRest[1].split(" = ", 2);
      StringBuilder out = new StringBuilder("{\"name\":\"" + names[0] + "\"");
      if (names.length > 1) {
        List<String> aliases = Stream.of(names).skip(1).map(name -> "\"" + name + "\"").toList();
        out.append(",\"aliases\":").append(aliases);
      }
      out.append(",\"type\":").append(json(typeAndDefault[0].strip()));
      if (typeAndDefault.length > 1) {
        out.append(",\"default\":").append(typeAndDefault[1].strip());
      }
      fields.add(out.append("}").toString());
    }
    return "{\"type\":\"record\",\"name\":\"R\",\"fields\":" + fields + "}";
  }

  private static String json(String type) {
    return type.matches("[a-z]+") ? "\"" + type + "\"" : type;
  }
}
