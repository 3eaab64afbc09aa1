package dev.thalweg.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads one JSON object into a reusable table of its attributes, because the attribute that names
 * the contract may come last. Nested values are checked and skipped. Not thread safe.
 */
final class JsonObjectReader {
  static final int MAX_DEPTH = 1_000;

  /** What an attribute holds. */
  enum Kind {
    TEXT,
    /** A whole number within 64 bits. */
    WHOLE,
    /** Any other number. */
    DECIMAL,
    TRUE,
    FALSE,
    NULL,
    NESTED
  }

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private String[] names = new String[32];
  private Kind[] kinds = new Kind[32];
  private String[] texts = new String[32];
  private long[] wholes = new long[32];
  private double[] decimals = new double[32];
  private int count;

  /**
   * Reads the bytes as exactly one object.
   *
   * @return null, or why they are not readable
   */
  String read(byte[] bytes) {
    count = 0;
    if (!looksLikeUtf8(bytes)) {
      return "not JSON in UTF-8";
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "not a JSON object";
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        readAttribute(parser);
      }
      return parser.nextToken() == null ? null : "more follows the JSON object";
    } catch (IOException e) {
      return problem(e);
    }
  }

  /**
   * The first line of what the parser says, without the excerpt of the source that would leak
   * values.
   */
  private static String problem(IOException e) {
    String message =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    String line = message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
    return line.length() <= 200 ? line : line.substring(0, 200);
  }

  /** The parser would take UTF-16 and UTF-32 for JSON too; events are UTF-8. */
  private static boolean looksLikeUtf8(byte[] bytes) {
    int first = Math.min(4, bytes.length);
    for (int i = 0; i < first; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return first > 0 && Utf8.isWellFormed(bytes, 0, bytes.length);
  }

  private void readAttribute(JsonParser parser) throws IOException {
    if (count == names.length) {
      grow();
    }
    int i = count;
    names[i] = parser.currentName();
    texts[i] = null;
    kinds[i] = kind(parser, parser.nextToken(), i);
    count++;
  }

  private Kind kind(JsonParser parser, JsonToken token, int i) throws IOException {
    switch (token) {
      case VALUE_STRING -> {
        texts[i] = parser.getText();
        return Kind.TEXT;
      }
      case VALUE_NUMBER_INT -> {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          decimals[i] = parser.getDoubleValue();
          return Kind.DECIMAL;
        }
        wholes[i] = parser.getLongValue();
        return Kind.WHOLE;
      }
      case VALUE_NUMBER_FLOAT -> {
        decimals[i] = parser.getDoubleValue();
        return Kind.DECIMAL;
      }
      case VALUE_TRUE -> {
        return Kind.TRUE;
      }
      case VALUE_FALSE -> {
        return Kind.FALSE;
      }
      case VALUE_NULL -> {
        return Kind.NULL;
      }
      default -> {
        parser.skipChildren();
        return Kind.NESTED;
      }
    }
  }

  private void grow() {
    int size = count * 2;
    names = Arrays.copyOf(names, size);
    kinds = Arrays.copyOf(kinds, size);
    texts = Arrays.copyOf(texts, size);
    wholes = Arrays.copyOf(wholes, size);
    decimals = Arrays.copyOf(decimals, size);
  }

  int count() {
    return count;
  }

  String name(int i) {
    return names[i];
  }

  Kind kind(int i) {
    return kinds[i];
  }

  String text(int i) {
    return texts[i];
  }

  long whole(int i) {
    return wholes[i];
  }

  /** A WHOLE or DECIMAL attribute. */
  double decimal(int i) {
    return kinds[i] == Kind.WHOLE ? wholes[i] : decimals[i];
  }

  /** The place of that attribute, or -1. */
  int find(String name) {
    for (int i = 0; i < count; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
