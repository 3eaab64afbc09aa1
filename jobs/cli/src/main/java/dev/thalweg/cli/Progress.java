package dev.thalweg.cli;

/** Says on standard error how far the work is; standard output belongs to results. */
@FunctionalInterface
public interface Progress {

  /** Shows one line. */
  void say(String line);

  /** Lines on standard error. */
  static Progress onStandardError() {
    return line -> System.err.println(line);
  }

  /** Nobody looks. */
  static Progress silent() {
    return line -> {};
  }
}
