package dev.thalweg.operators.experiments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The fields of one JSON object; each is taken once, and those that nobody took are refused. */
final class JsonFields {
  private final JsonNode object;
  private final String path;
  private final Set<String> taken = new HashSet<>();

  /**
   * The fields of an object.
   *
   * @param path what leads there, for messages
   */
  JsonFields(JsonNode object, String path) {
    this.object = object;
    this.path = path;
    if (!object.isObject()) {
      throw new DefinitionJsonException(path, "must be an object");
    }
  }

  private String at(String key) {
    return path + "." + key;
  }

  boolean has(String key) {
    return object.has(key);
  }

  /** The names of all fields, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  JsonNode node(String key) {
    taken.add(key);
    JsonNode node = object.path(key);
    if (node.isMissingNode()) {
      throw new DefinitionJsonException(at(key), "is missing");
    }
    return node;
  }

  String text(String key) {
    return text(node(key), at(key));
  }

  private static String text(JsonNode node, String path) {
    if (!node.isTextual()) {
      throw new DefinitionJsonException(path, "must be text");
    }
    return node.textValue();
  }

  /** The text of a field, or empty. */
  String textOrNone(String key) {
    return has(key) ? text(key) : "";
  }

  long whole(String key) {
    JsonNode node = node(key);
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new DefinitionJsonException(at(key), "must be a whole number");
    }
    return node.longValue();
  }

  int small(String key) {
    long number = whole(key);
    if (number != (int) number) {
      throw new DefinitionJsonException(at(key), "is too large: " + number);
    }
    return (int) number;
  }

  double number(String key) {
    JsonNode node = node(key);
    if (!node.isNumber()) {
      throw new DefinitionJsonException(at(key), "must be a number");
    }
    return node.doubleValue();
  }

  /** What a conversion makes of a text; it refuses by an exception of its own. */
  <T> T parsed(String key, Function<String, T> conversion) {
    String text = text(key);
    try {
      return conversion.apply(text);
    } catch (RuntimeException e) {
      throw new DefinitionJsonException(at(key), Values.quoted(text) + " cannot be read");
    }
  }

  /** The texts of a list. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(key)) {
      texts.add(text(item, at(key) + "[" + texts.size() + "]"));
    }
    return texts;
  }

  private JsonNode array(String key) {
    JsonNode list = node(key);
    if (!list.isArray()) {
      throw new DefinitionJsonException(at(key), "must be a list");
    }
    return list;
  }

  JsonFields object(String key) {
    return new JsonFields(node(key), at(key));
  }

  /** What is read of each object of a list. */
  <T> List<T> list(String key, Function<JsonFields, T> read) {
    List<T> items = new ArrayList<>();
    for (JsonNode item : array(key)) {
      items.add(read.apply(new JsonFields(item, at(key) + "[" + items.size() + "]")));
    }
    return items;
  }

  /** The object that is built of the fields, all of which were taken. */
  <T> T built(Supplier<T> build) {
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!taken.contains(key)) {
                throw new DefinitionJsonException(path, "unknown key " + Values.quoted(key));
              }
            });
    return refusing(build);
  }

  /** What is built of some of the fields. */
  <T> T refusing(Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      throw new DefinitionJsonException(path, e.getMessage());
    }
  }
}
