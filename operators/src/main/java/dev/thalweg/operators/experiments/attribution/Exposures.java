package dev.thalweg.operators.experiments.attribution;

import java.util.Arrays;

/**
 * The first exposure of a unit to each arm, whatever the order in which exposures come. Mutable.
 */
final class Exposures {
  static final long NEVER = Long.MAX_VALUE;

  private final long[] times;
  private final String[] ids;

  Exposures(int arms) {
    this(new long[arms], new String[arms]);
    Arrays.fill(times, NEVER);
    Arrays.fill(ids, "");
  }

  Exposures(long[] times, String[] ids) {
    this.times = times;
    this.ids = ids;
  }

  int arms() {
    return times.length;
  }

  long time(int arm) {
    return times[arm];
  }

  String id(int arm) {
    return ids[arm];
  }

  /** Takes in an exposure; false if it changes nothing. */
  boolean add(int arm, long time, String id) {
    boolean isFirst = time < times[arm] || time == times[arm] && id.compareTo(ids[arm]) < 0;
    if (isFirst) {
      times[arm] = time;
      ids[arm] = id;
    }
    return isFirst;
  }

  /** The arm of the first of all; at one time that with the smaller event id. */
  int firstArm() {
    int first = Hit.NO_ARM;
    for (int arm = 0; arm < times.length; arm++) {
      if (times[arm] != NEVER && (first == Hit.NO_ARM || isBefore(arm, first))) {
        first = arm;
      }
    }
    return first;
  }

  private boolean isBefore(int arm, int other) {
    return times[arm] < times[other]
        || times[arm] == times[other] && ids[arm].compareTo(ids[other]) < 0;
  }

  /** When the unit was exposed first; {@link #NEVER} if it was not. */
  long firstTime() {
    int first = firstArm();
    return first == Hit.NO_ARM ? NEVER : times[first];
  }

  /** When the unit was exposed to a second arm; {@link #NEVER} if it was not. */
  long secondTime() {
    int first = firstArm();
    long second = NEVER;
    for (int arm = 0; arm < times.length; arm++) {
      if (arm != first) {
        second = Math.min(second, times[arm]);
      }
    }
    return second;
  }
}
