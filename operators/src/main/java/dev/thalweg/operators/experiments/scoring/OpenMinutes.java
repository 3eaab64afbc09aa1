package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;

/** The minutes of a phase that have not closed: a change costs those that it touches. */
final class OpenMinutes {
  private final MapState<Long, OpenMinute> minutes;

  OpenMinutes(MapState<Long, OpenMinute> minutes) {
    this.minutes = minutes;
  }

  /** Takes in what changed after the last closed minute. */
  void add(PhaseDelta delta, long closedMinute) throws Exception {
    Set<Long> touched = new TreeSet<>(delta.minutes().keySet());
    touched.addAll(delta.cohorts().keySet());
    for (long minute : touched) {
      if (minute > closedMinute) {
        add(delta, minute, delta.shape());
      }
    }
  }

  private void add(PhaseDelta delta, long minute, PhaseShape shape) throws Exception {
    OpenMinute known = minutes.get(minute);
    OpenMinute open = known == null ? new OpenMinute(shape) : known;
    if (delta.minutes().containsKey(minute)) {
      open.sums().merge(delta.minutes().get(minute));
    }
    if (delta.cohorts().containsKey(minute)) {
      open.cohort().merge(delta.cohorts().get(minute));
    }
    minutes.put(minute, open);
  }

  /** Takes out a minute; null if nothing came in it. */
  OpenMinute take(long minute) throws Exception {
    OpenMinute open = minutes.get(minute);
    if (open != null) {
      minutes.remove(minute);
    }
    return open;
  }

  /** Those up to a minute, it included, in their order. It looks at all. */
  List<Long> upTo(long last) throws Exception {
    List<Long> found = new ArrayList<>();
    for (long minute : minutes.keys()) {
      if (minute <= last) {
        found.add(minute);
      }
    }
    Collections.sort(found);
    return found;
  }

  void clear() {
    minutes.clear();
  }
}
