package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.Timeline.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How deep into a funnel a subject came, by where it started. Each step is taken as early as it can
 * be: whoever is deeper at some moment can do from there whatever one less deep can.
 */
final class FunnelPaths {
  private final List<Entry<Moment>> moments;
  private final int steps;
  private final long within;
  private final int[][] places;

  /** Over those moments, in order of time. */
  FunnelPaths(List<Entry<Moment>> moments, int steps, long within) {
    this.moments = moments;
    this.steps = steps;
    this.within = within;
    places = new int[steps][];
  }

  /** Where a step may be taken; in order. */
  private int[] places(int step) {
    if (places[step] == null) {
      places[step] =
          IntStream.range(0, moments.size())
              .filter(i -> moments.get(i).value().isStep(step))
              .toArray();
    }
    return places[step];
  }

  /** How many steps are taken by one who took {@code depth} before the i-th moment. */
  int depth(int start, int depth) {
    int at = start;
    int taken = moments.get(at).value().advance(depth, steps);
    long last = moments.get(at).time() + within;
    while (taken < steps) {
      at = next(taken, at);
      if (at < 0 || moments.get(at).time() > last) {
        return taken;
      }
      taken = moments.get(at).value().advance(taken, steps);
    }
    return taken;
  }

  private int next(int step, int after) {
    int[] candidates = places(step);
    int found = Arrays.binarySearch(candidates, after);
    int i = found >= 0 ? found + 1 : -found - 1;
    return i < candidates.length ? candidates[i] : -1;
  }
}
