package dev.thalweg.cli.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with places for columns, such as {@code "order-{order_id}"}; braces themselves are written
 * twice.
 */
final class Template {

  private record Part(String literal, String column) {}

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  static Template of(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
        literal.append(c);
        at += 2;
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        if (end <= at + 1) {
          throw new IllegalArgumentException("'" + text + "' has a brace without a column's name");
        }
        addLiteral(parts, literal);
        parts.add(new Part(null, text.substring(at + 1, end)));
        at = end + 1;
      } else if (c == '}') {
        throw new IllegalArgumentException("'" + text + "' closes a brace that it never opened");
      } else {
        literal.append(c);
        at++;
      }
    }
    addLiteral(parts, literal);
    return new Template(parts);
  }

  static Template ofColumn(String column) {
    return new Template(List.of(new Part(null, column)));
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (literal.length() > 0) {
      parts.add(new Part(literal.toString(), null));
      literal.setLength(0);
    }
  }

  List<String> columns() {
    return parts.stream().filter(part -> part.column() != null).map(Part::column).toList();
  }

  /** The text for a row; null if the template is one column only and that is empty. */
  String fill(Row row) {
    if (parts.size() == 1 && parts.get(0).column() != null) {
      return row.text(parts.get(0).column());
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String piece = part.column() == null ? part.literal() : row.text(part.column());
      if (piece != null) {
        text.append(piece);
      }
    }
    return text.toString();
  }
}
