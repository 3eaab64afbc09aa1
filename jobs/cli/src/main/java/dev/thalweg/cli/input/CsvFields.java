package dev.thalweg.cli.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts a CSV record into its values, strictly after RFC 4180. Not thread safe. */
final class CsvFields {

  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  /** The values of a record; null if it is not UTF-8 or its quotes are out of place. */
  List<String> parse(byte[] record) {
    String text;
    try {
      text = utf8.decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      int end =
          at < text.length() && text.charAt(at) == '"'
              ? quoted(text, at, values)
              : plain(text, at, values);
      if (end < 0 || (end < text.length() && text.charAt(end) != ',')) {
        return null;
      }
      if (end == text.length()) {
        return values;
      }
      at = end + 1;
    }
  }

  /** Reads a value without quotes; returns where it ends, -1 if there is a quote in it. */
  private static int plain(String text, int from, List<String> values) {
    int comma = text.indexOf(',', from);
    int end = comma < 0 ? text.length() : comma;
    String value = text.substring(from, end);
    values.add(value);
    return value.indexOf('"') < 0 ? end : -1;
  }

  /** Reads a value in quotes; returns where it ends, -1 if the quotes never close. */
  private static int quoted(String text, int from, List<String> values) {
    StringBuilder value = new StringBuilder();
    int at = from + 1;
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        return -1;
      }
      value.append(text, at, quote);
      if (quote + 1 == text.length() || text.charAt(quote + 1) != '"') {
        values.add(value.toString());
        return quote + 1;
      }
      value.append('"');
      at = quote + 2;
    }
  }
}
