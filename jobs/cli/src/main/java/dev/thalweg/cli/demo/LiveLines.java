package dev.thalweg.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lines on a terminal that are drawn again in their place every second, and are gone when closed.
 * They take no more than the smallest usual screen: what would scroll or wrap could not be taken
 * back.
 */
final class LiveLines implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int ROWS = 22;
  private static final int COLUMNS = 79;
  private static final String UP = "\u001b[%dA";
  private static final String ERASE_BELOW = "\r\u001b[J";

  private final PrintStream out;
  private final Supplier<List<String>> lines;
  private final ScheduledExecutorService drawing =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "live-lines");
            thread.setDaemon(true);
            return thread;
          });
  private int drawn;

  /** Lines that are not drawn yet. */
  LiveLines(PrintStream out, Supplier<List<String>> lines) {
    this.out = out;
    this.lines = lines;
  }

  /** Draws from now on, where {@code terminal}; else nothing ever is. */
  static LiveLines start(PrintStream out, boolean terminal, Supplier<List<String>> lines) {
    LiveLines live = new LiveLines(out, lines);
    if (terminal) {
      live.drawing.scheduleWithFixedDelay(live::draw, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
    return live;
  }

  /** Draws once, over what was drawn before. */
  void draw() {
    List<String> next = lines.get();
    StringBuilder text = new StringBuilder(erase());
    int rows = Math.min(ROWS, next.size());
    for (String line : next.subList(0, rows)) {
      text.append(line.length() <= COLUMNS ? line : line.substring(0, COLUMNS - 1) + "…")
          .append('\n');
    }
    drawn = rows;
    out.print(text);
    out.flush();
  }

  private String erase() {
    return drawn == 0 ? "" : UP.formatted(drawn) + ERASE_BELOW;
  }

  @Override
  public void close() {
    drawing.shutdownNow();
    try {
      drawing.awaitTermination(EVERY.toSeconds() * 10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.print(erase());
    out.flush();
    drawn = 0;
  }
}
