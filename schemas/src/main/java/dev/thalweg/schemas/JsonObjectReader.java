package dev.thalweg.schemas;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
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
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private static final int ROOM = 32;
  private static final int LARGEST_KEPT = 1_024;

  private String[] names = new String[ROOM];
  private Kind[] kinds = new Kind[ROOM];
  private String[] texts = new String[ROOM];
  private long[] wholes = new long[ROOM];
  private double[] decimals = new double[ROOM];
  private int count;

  /**
   * Reads the bytes as exactly one object.
   *
   * @return null, or why they are not readable
   */
  String read(byte[] bytes) {
    forget();
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
    } catch (JsonProcessingException e) {
      return problem(e);
    } catch (IOException e) {
      // Nothing is read but an array; the signature cannot say so.
      return "not JSON";
    }
  }

  /** Lets go of the last object: its values, and the room that only a large one needs. */
  private void forget() {
    Arrays.fill(names, 0, count, null);
    Arrays.fill(texts, 0, count, null);
    count = 0;
    if (names.length > LARGEST_KEPT) {
      resize(ROOM);
    }
  }

  /**
   * What is wrong, in words of our own: the parser's message repeats tokens and names of the event.
   */
  private static String problem(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "nested deeper than " + MAX_DEPTH;
    }
    if (e instanceof JsonEOFException) {
      return "truncated JSON";
    }
    JsonLocation at = e.getLocation();
    return (e.getOriginalMessage().startsWith("Duplicate") ? "duplicate key" : "not JSON")
        + (at == null ? "" : " at byte " + at.getByteOffset());
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
      resize(count * 2);
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
          // Not the parser's own conversion, which goes through a BigInteger.
          decimals[i] = Double.parseDouble(parser.getText());
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

  private void resize(int size) {
    names = Arrays.copyOf(names, size);
    kinds = Arrays.copyOf(kinds, size);
    texts = Arrays.copyOf(texts, size);
    wholes = Arrays.copyOf(wholes, size);
    decimals = Arrays.copyOf(decimals, size);
  }

  /** How many attributes fit in the memory held. */
  int room() {
    return names.length;
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
