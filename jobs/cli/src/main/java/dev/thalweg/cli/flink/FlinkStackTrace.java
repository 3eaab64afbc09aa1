package dev.thalweg.cli.flink;

import dev.thalweg.cli.RootCause;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The innermost message of a stack trace that came as text. */
final class FlinkStackTrace {

  private static final String CAUSED_BY = "Caused by: ";
  private static final Pattern THROWN =
      Pattern.compile("(?:[\\w$]+\\.)*([\\w$]*(?:Exception|Error|Throwable))(?:: (.*))?");

  private FlinkStackTrace() {}

  static String cause(String stackTrace) {
    List<String> lines = stackTrace.lines().filter(line -> !line.isBlank()).toList();
    String first = lines.isEmpty() ? "no reason given" : lines.get(0);
    String cause =
        lines.stream()
            .filter(line -> line.startsWith(CAUSED_BY))
            .reduce((earlier, later) -> later)
            .map(line -> line.substring(CAUSED_BY.length()))
            .orElse(first);
    Matcher thrown = THROWN.matcher(cause);
    return thrown.matches()
        ? RootCause.named(thrown.group(1), thrown.group(2))
        : RootCause.oneLine(cause);
  }
}
