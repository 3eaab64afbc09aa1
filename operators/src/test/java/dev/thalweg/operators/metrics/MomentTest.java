package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class MomentTest {
  private static final int STEPS = 4;

  @Property(tries = 2_000, seed = "1")
  void advancesAsFarAsTryingAllWaysFinds(
      @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 15) Integer> events,
      @ForAll @IntRange(max = STEPS) int depth) {
    Moment moment = Moment.NONE;
    for (int event : events) {
      moment = moment.with(event, STEPS);
    }
    assertThat(moment.advance(depth, STEPS)).isEqualTo(furthest(events, depth));
  }

  private static int furthest(List<Integer> events, int depth) {
    int furthest = depth;
    for (int i = 0; i < events.size() && depth < STEPS; i++) {
      if ((events.get(i) & 1 << depth) != 0) {
        List<Integer> others = new ArrayList<>(events);
        others.remove(i);
        furthest = Math.max(furthest, furthest(others, depth + 1));
      }
    }
    return furthest;
  }
}
