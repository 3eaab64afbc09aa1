package dev.thalweg.cli.report.chart;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes elements that are good as HTML and as XML. All text and every attribute is escaped. */
public final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element; attributes are names and values in turn, those without a value left out. */
  public Markup open(String name, Object... attributes) {
    begin(name, attributes);
    out.append('>');
    open.push(name);
    return this;
  }

  /** Ends the element that was begun last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** An element without content. */
  public Markup empty(String name, Object... attributes) {
    begin(name, attributes);
    out.append(" />");
    return this;
  }

  /** An element that holds only text. */
  public Markup element(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** Adds text. */
  public Markup text(String text) {
    escape(text);
    return this;
  }

  /** Adds what another one wrote. */
  public Markup add(Markup other) {
    out.append(other);
    return this;
  }

  /** Adds markup as it is; never what came from data. */
  public Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("not closed: " + open);
    }
    return out.toString();
  }

  private void begin(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      if (attributes[i + 1] != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(plain(attributes[i + 1]));
        out.append('"');
      }
    }
  }

  /** A coordinate with one decimal is finer than any screen. */
  static String plain(Object value) {
    if (value instanceof Double number) {
      String text = String.format(Locale.ROOT, "%.1f", number);
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
    return value.toString();
  }

  private void escape(String text) {
    text.codePoints()
        .forEach(
            character -> {
              switch (character) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isAllowed(character) ? character : 0xFFFD);
              }
            });
  }

  private static boolean isAllowed(int character) {
    return character == '\n'
        || character == '\t'
        || character >= 0x20
            && (character < 0x7F || character > 0x9F)
            && (character < 0xD800 || character > 0xDFFF)
            && (character & 0xFFFE) != 0xFFFE;
  }
}
