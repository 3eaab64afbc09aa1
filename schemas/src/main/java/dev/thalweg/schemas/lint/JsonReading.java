package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads a file as a JSON tree and reports what is wrong with it as JSON. All duplicate keys are
 * found, not only the first; the later value counts, as in Avro's reader.
 */
final class JsonReading {
  static final int MAX_DEPTH = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final String file;
  private final Findings findings;

  private JsonReading(JsonParser parser, String file, Findings findings) {
    this.parser = parser;
    this.file = file;
    this.findings = findings;
  }

  /** The file's object, or null where it is none, which is then a finding. */
  static ObjectNode read(String file, String text, Findings findings) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonReading reading = new JsonReading(parser, file, findings);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        findings.add(LintRule.JSON_INVALID, file, "$", "the file is not a JSON object");
        return null;
      }
      JsonNode tree = reading.value(JsonPlace.ROOT, 1);
      if (parser.nextToken() != null) {
        findings.add(
            LintRule.JSON_INVALID, file, "$", "more follows the object at " + reading.line());
        return null;
      }
      return (ObjectNode) tree;
    } catch (TooDeep e) {
      findings.add(
          LintRule.JSON_TOO_DEEP, file, e.path, "nested deeper than " + MAX_DEPTH + " levels");
      return null;
    } catch (JsonProcessingException e) {
      findings.add(LintRule.JSON_INVALID, file, "$", "not JSON: " + problem(e));
      return null;
    } catch (IOException e) {
      findings.add(LintRule.JSON_INVALID, file, "$", "not JSON");
      return null;
    }
  }

  private static String problem(JsonProcessingException e) {
    String reason = e.getOriginalMessage().lines().findFirst().orElse("");
    String at =
        e.getLocation() == null
            ? ""
            : " (line %d, column %d)"
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    return OneLine.of(reason) + at;
  }

  private String line() {
    return "line " + parser.currentTokenLocation().getLineNr();
  }

  private JsonNode value(JsonPlace place, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new TooDeep(place.toString());
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place, depth);
      case START_ARRAY -> array(place, depth);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> wholeNumber();
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private JsonNode wholeNumber() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(Double.parseDouble(parser.getText()));
    };
  }

  private ObjectNode object(JsonPlace place, int depth) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonPlace member = place.member(key);
      if (object.has(key)) {
        findings.add(
            LintRule.JSON_DUPLICATE_KEY,
            file,
            member.toString(),
            "the key stands again at " + line());
      }
      parser.nextToken();
      object.set(key, value(member, depth + 1));
    }
    return object;
  }

  private ArrayNode array(JsonPlace place, int depth) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(place.element(array.size()), depth + 1));
    }
    return array;
  }

  /** Ends reading where the nesting is too deep, before the stack does. */
  private static final class TooDeep extends IOException {
    private static final long serialVersionUID = 1L;
    private final String path;

    TooDeep(String path) {
      super(path);
      this.path = path.length() > 200 ? path.substring(0, 200) + "..." : path;
    }
  }
}
