package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What events mean to phases of one experiment that begin later: outcomes of metrics with CUPED, as
 * far back as each looks. A phase begins with its first version, so that an event before it belongs
 * to the phase that acts then, too.
 */
final class Histories {
  private final List<History> all = new ArrayList<>();

  /** A phase that looks back from its beginning until that time, which is in. */
  private record History(long earliest, VersionSelection first) {}

  /** Learns what events mean. */
  interface Hits {
    /** It concerns a unit. */
    void add(String unit, Hit hit);
  }

  /**
   * Of what versions mean to events of a contract.
   *
   * @param versions the newest first
   */
  Histories(List<VersionSelection> versions) {
    Map<Integer, VersionSelection> firstOfPhase = new TreeMap<>();
    versions.forEach(each -> firstOfPhase.put(each.rules().phase(), each));
    for (VersionSelection first : firstOfPhase.values()) {
      if (first.lookBack() > 0) {
        all.add(new History(first.begins() - first.lookBack(), first));
      }
    }
  }

  /** Tells what an event of that time means to them. */
  void tell(EventCursor event, long time, Hits hits) {
    for (History each : all) {
      long begins = each.first.begins();
      if (each.earliest <= time && time < begins) {
        List<Outcome> found = each.first.outcomes(event, begins - time);
        String unit = found.isEmpty() ? null : each.first.unit(event);
        if (unit != null) {
          hits.add(unit, Hit.history(each.first.rules(), found));
        }
      }
    }
  }
}
