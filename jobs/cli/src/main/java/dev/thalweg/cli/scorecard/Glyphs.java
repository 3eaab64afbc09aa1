package dev.thalweg.cli.scorecard;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * With what a terminal draws.
 *
 * @param zero where there is no effect
 * @param bar what an interval is made of
 * @param zeroOnBar both
 * @param low the lower end of an interval
 * @param high its upper end
 * @param estimate the effect
 * @param tolerance of a guardrail
 */
public record Glyphs(
    char zero, char bar, char zeroOnBar, char low, char high, char estimate, char tolerance) {
  /** For terminals that have all characters. */
  public static final Glyphs UNICODE = new Glyphs('│', '━', '┿', '┣', '┫', '●', '◆');

  /** For all others. */
  public static final Glyphs ASCII = new Glyphs('|', '=', '+', '[', ']', 'o', '!');

  /** Those that a charset has. */
  public static Glyphs of(Charset charset) {
    return charset.equals(StandardCharsets.UTF_8) ? UNICODE : ASCII;
  }

  /** The charset of standard output. */
  public static Charset terminal() {
    String name =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    return name.isEmpty() || !Charset.isSupported(name)
        ? Charset.defaultCharset()
        : Charset.forName(name);
  }

  /** Text with the signs that scorecards use, as the terminal has them. */
  String shown(String text) {
    return equals(ASCII) ? text.replace('–', '-').replace('·', '|').replace('…', '~') : text;
  }

  String legend() {
    return "%s no effect   %s%s%s interval at any look   %s estimate   %s tolerated by a guardrail"
        .formatted(zero, low, bar, high, estimate, tolerance);
  }
}
