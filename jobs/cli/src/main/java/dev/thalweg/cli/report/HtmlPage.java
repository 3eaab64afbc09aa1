package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What all pages have in common: one file that needs nothing else, no server, no script, no
 * network. It is well-formed XML too.
 */
public final class HtmlPage {
  private static final String STYLE = "page.css";

  private HtmlPage() {}

  /** A page as text. */
  public static String of(String title, Markup header, Markup main, String footer) {
    return new Markup()
        .raw("<!DOCTYPE html>\n")
        .open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en", "dir", "ltr")
        .open("head")
        .empty("meta", "charset", "utf-8")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .empty("meta", "name", "color-scheme", "content", "light dark")
        .element("title", title)
        .open("style")
        .raw(style())
        .close()
        .close()
        .open("body")
        .add(header)
        .open("main")
        .add(main)
        .close()
        .element("footer", footer)
        .close()
        .close()
        .toString();
  }

  private static String style() {
    try (InputStream css = HtmlPage.class.getResourceAsStream(STYLE)) {
      byte[] bytes = Objects.requireNonNull(css, STYLE).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
