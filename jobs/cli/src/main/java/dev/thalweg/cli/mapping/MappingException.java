package dev.thalweg.cli.mapping;

import java.util.List;

/**
 * A mapping file, or the file it is laid over, is not usable; says everything that is wrong, each
 * with its line and key.
 */
public final class MappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  MappingException(String file, List<String> problems) {
    super(file + ": " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one entry a mistake. */
  public List<String> problems() {
    return problems;
  }
}
