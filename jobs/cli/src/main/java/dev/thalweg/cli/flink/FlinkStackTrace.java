package dev.thalweg.cli.flink;

import dev.thalweg.cli.RootCause;
import java.util.List;

/** The innermost message of a stack trace that came as text. */
final class FlinkStackTrace {

  private static final String CAUSED_BY = "Caused by: ";
  private static final String CLASS_NAME = "^[\\w.$]+(?:Exception|Error|Throwable)(?:: |$)";

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
    String message = cause.replaceFirst(CLASS_NAME, "");
    return RootCause.oneLine(message.isBlank() ? cause : message);
  }
}
