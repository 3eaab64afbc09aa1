package dev.thalweg.cli.stack;

import dev.thalweg.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A stack on free ports and in a directory of its own, so that it runs beside anything. It is taken
 * down once: when closed, or when the process ends before.
 */
public final class TemporaryStack implements AutoCloseable {
  private final StackSettings settings;
  private final LocalStack stack;
  private final Thread atEnd = new Thread(this::down);
  private boolean isDown;

  private TemporaryStack(StackSettings settings, Progress progress) {
    this.settings = settings;
    stack = new LocalStack(settings, progress);
  }

  /**
   * Brings nothing up yet, but takes down whatever will be.
   *
   * @param root the installation
   * @param purpose part of the directory's name
   */
  public static TemporaryStack create(Path root, String purpose, Progress progress)
      throws IOException {
    Path home = Files.createTempDirectory("thalweg-" + purpose);
    TemporaryStack created = new TemporaryStack(StackSettings.onFreePorts(root, home), progress);
    Runtime.getRuntime().addShutdownHook(created.atEnd);
    return created;
  }

  /** Its ports and its directory. */
  public StackSettings settings() {
    return settings;
  }

  /** The stack. */
  public LocalStack stack() {
    return stack;
  }

  private synchronized void down() {
    if (!isDown) {
      isDown = true;
      stack.down();
    }
  }

  @Override
  public void close() {
    down();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook has run or found nothing left to do.
    }
  }

  /** Forgets its data and logs; it must be closed. */
  public void forget() {
    FileTree.delete(stack.home().directory());
  }
}
