package dev.thalweg.cli;

import dev.thalweg.jobs.config.ConfigException;
import java.util.stream.Collectors;

/** What ends a command: one line for the user, and the exit status that goes with it. */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Exit status when the work failed. */
  public static final int FAILED = 1;

  /** Exit status when what the user gave is wrong. */
  public static final int WRONG_INPUT = 2;

  private final int exitStatus;

  private CommandFailure(int exitStatus, String message, Throwable cause) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** Something that the user typed or wrote is wrong. */
  public static CommandFailure wrongInput(String message) {
    return new CommandFailure(WRONG_INPUT, message, null);
  }

  /** Something that the user typed or wrote is wrong, and this is where it showed. */
  public static CommandFailure wrongInput(String message, Throwable cause) {
    return new CommandFailure(WRONG_INPUT, message, cause);
  }

  /** A configuration is wrong: all its mistakes in one line. */
  public static CommandFailure wrongInput(ConfigException mistakes) {
    String line =
        mistakes.getMessage().lines().map(String::strip).collect(Collectors.joining("; "));
    return wrongInput(line, mistakes);
  }

  /** The input was fine and the work failed. */
  public static CommandFailure failed(String message) {
    return new CommandFailure(FAILED, message, null);
  }

  /** The input was fine and the work failed because of {@code cause}. */
  public static CommandFailure failed(String message, Throwable cause) {
    return new CommandFailure(FAILED, message, cause);
  }

  /** The status to exit with. */
  public int exitStatus() {
    return exitStatus;
  }
}
