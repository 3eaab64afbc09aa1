package dev.thalweg.cli.produce;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Shows on a terminal, or line by line elsewhere, how far long work is; says nothing of short work.
 */
public final class ProgressBar implements SendProgress {

  private static final int WIDTH = 30;
  private static final long QUIET = Duration.ofSeconds(2).toNanos();
  private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

  private final PrintStream out;
  private final boolean terminal;
  private final DoubleSupplier share;
  private final long start = System.nanoTime();
  private long shown = start;
  private boolean drawn;

  /**
   * A bar.
   *
   * @param out where to show it
   * @param terminal whether a line can be drawn over
   * @param share how much of the work is done, from 0 to 1; negative if nobody knows
   */
  public ProgressBar(PrintStream out, boolean terminal, DoubleSupplier share) {
    this.out = out;
    this.terminal = terminal;
    this.share = share;
  }

  @Override
  public void update(long sent, long acknowledged) {
    long now = System.nanoTime();
    if (now - start < QUIET || (!terminal && now - shown < BETWEEN_LINES)) {
      return;
    }
    shown = now;
    String line = line(acknowledged, (now - start) / 1e9);
    if (terminal) {
      out.print("\r" + line);
      out.flush();
      drawn = true;
    } else {
      out.println(line);
    }
  }

  private String line(long acknowledged, double seconds) {
    String counts =
        String.format(
            Locale.ROOT, "%,d acknowledged, %,.0f/s", acknowledged, acknowledged / seconds);
    double done = share.getAsDouble();
    if (done < 0) {
      return counts;
    }
    int full = (int) Math.round(done * WIDTH);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %s",
        "#".repeat(full),
        " ".repeat(WIDTH - full),
        done * 100,
        counts);
  }

  /** Leaves the bar's line. */
  public void end() {
    if (drawn) {
      out.println();
      drawn = false;
    }
  }
}
