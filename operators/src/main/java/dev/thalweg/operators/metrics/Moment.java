package dev.thalweg.operators.metrics;

import java.util.Arrays;

/**
 * The events of a subject at one time, as a funnel sees them: of each the set of steps that it may
 * be, a bit for each. Equal times are in order whichever way round, so any of them may be any of
 * its steps, but one only. Immutable.
 */
public final class Moment {
  static final Moment NONE = new Moment(new int[0]);

  private final int[] events;

  Moment(int[] events) {
    this.events = events;
  }

  int[] events() {
    return events.clone();
  }

  /** The same with one event more; of events alike no more are kept than there are steps. */
  Moment with(int event, int steps) {
    if (Arrays.stream(events).filter(other -> other == event).count() >= steps) {
      return this;
    }
    int[] more = Arrays.copyOf(events, events.length + 1);
    more[events.length] = event;
    Arrays.sort(more);
    return new Moment(more);
  }

  boolean isStep(int step) {
    return Arrays.stream(events).anyMatch(event -> isStep(event, step));
  }

  private static boolean isStep(int event, int step) {
    return (event >> step & 1) != 0;
  }

  /** How many steps are taken after this moment by one who took {@code depth} before it. */
  int advance(int depth, int steps) {
    if (events.length == 1) {
      return depth < steps && isStep(events[0], depth) ? depth + 1 : depth;
    }
    int[] stepOf = new int[events.length];
    Arrays.fill(stepOf, -1);
    int next = depth;
    while (next < steps && assign(next, stepOf, new boolean[events.length])) {
      next++;
    }
    return next;
  }

  /** Finds an event for one step more, where need be by giving another event to an earlier step. */
  private boolean assign(int step, int[] stepOf, boolean[] tried) {
    for (int i = 0; i < events.length; i++) {
      if (!tried[i] && isStep(events[i], step)) {
        tried[i] = true;
        if (stepOf[i] < 0 || assign(stepOf[i], stepOf, tried)) {
          stepOf[i] = step;
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Moment moment && Arrays.equals(events, moment.events);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(events);
  }
}
