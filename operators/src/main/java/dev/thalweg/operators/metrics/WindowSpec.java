package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.time.Duration;

/** The windows of a metric. */
public sealed interface WindowSpec extends Serializable {
  /** The length of a window; of sessions the least. */
  Duration size();

  /**
   * Windows that the calendar gives, made of slices that do not overlap, so that an event is
   * counted once however many windows it falls into.
   */
  sealed interface Sliced extends WindowSpec {
    /** The length of a slice. */
    Duration slice();
  }

  /**
   * Windows that the events give: those of a group that are at most the gap apart share one. It is
   * from the first of them to the gap after the last; that end is not part of it.
   *
   * @param gap the longest time between two events of one window; a longer one splits
   */
  record Session(Duration gap) implements WindowSpec {
    /** Refuses a gap below a millisecond or above 30 days. */
    public Session {
      WindowLengths.checkGap("session", gap);
    }

    @Override
    public Duration size() {
      return gap;
    }
  }

  /**
   * Windows one after the other.
   *
   * @param size their length
   */
  record Tumbling(Duration size) implements Sliced {
    /** Refuses what is not positive, or part of a day and more. */
    public Tumbling {
      WindowLengths.check("tumbling", size);
    }

    @Override
    public Duration slice() {
      return size;
    }
  }

  /**
   * Windows that overlap.
   *
   * @param size their length
   * @param every how far each begins after the one before
   */
  record Sliding(Duration size, Duration every) implements Sliced {
    /** Refuses lengths that are not positive, and a size that is no multiple of the step. */
    public Sliding {
      WindowLengths.check("sliding", size);
      WindowLengths.checkPart("sliding", size, every);
    }

    @Override
    public Duration slice() {
      return every;
    }
  }

  /**
   * Windows that begin together and grow step by step: the day so far, every five minutes.
   *
   * @param size the length of the longest
   * @param every how much each is longer than the one before
   */
  record Cumulating(Duration size, Duration every) implements Sliced {
    /** Refuses lengths that are not positive, and a size that is no multiple of the step. */
    public Cumulating {
      WindowLengths.check("cumulating", size);
      WindowLengths.checkPart("cumulating", size, every);
    }

    @Override
    public Duration slice() {
      return every;
    }
  }
}
