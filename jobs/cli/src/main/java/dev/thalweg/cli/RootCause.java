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
    String message = cause.getMessage();
    return oneLine(
        message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
  }

  /** The text on one line, cut where it becomes unreadable. */
  public static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
