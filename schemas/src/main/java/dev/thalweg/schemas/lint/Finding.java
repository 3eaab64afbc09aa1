package dev.thalweg.schemas.lint;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * One thing that is wrong.
 *
 * @param file path below the directory of contracts
 * @param path JSON path within the file, {@code $} for the whole; for {@code index.txt} the line
 * @param rule what is violated
 * @param message what is wrong, in one line
 * @param breaks what breaks, in one line
 */
public record Finding(String file, String path, LintRule rule, String message, String breaks)
    implements Comparable<Finding> {
  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparing(Finding::path, new JsonPathOrder())
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message);

  /** Refuses missing parts. */
  public Finding {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(breaks, "breaks");
  }

  /** How bad it is. */
  public Severity severity() {
    return rule.severity();
  }

  /** For whom it breaks something. */
  public List<Affected> affects() {
    return rule.affects();
  }

  /** How to mend it. */
  public String mend() {
    return rule.mend();
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }
}
