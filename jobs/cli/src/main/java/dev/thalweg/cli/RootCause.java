package dev.thalweg.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** The innermost reason of a failure, as one line. */
public final class RootCause {

  private static final int LONGEST = 300;

  private RootCause() {}

  /** One line that says why. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    if (cause instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (cause instanceof AccessDeniedException denied) {
      return "not permitted: " + denied.getFile();
    }
    return named(cause.getClass().getSimpleName(), cause.getMessage());
  }

  /** The message; one that says little by itself is put behind the name of what was thrown. */
  public static String named(String thrown, String message) {
    if (message == null || message.isBlank()) {
      return thrown;
    }
    boolean telling = message.strip().contains(" ");
    return oneLine(telling ? message : thrown + ": " + message);
  }

  /** The text on one line, cut where it becomes unreadable. */
  public static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
