package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Exposures that are not valid, brought together by phase. Not thread safe. */
final class InvalidExposures {
  private final Map<String, PhaseDelta> phases = new LinkedHashMap<>();

  /** Counts one that came in then, epoch milliseconds. */
  void add(PhaseRules rules, long arrival) {
    phases
        .computeIfAbsent(rules.key(), key -> new PhaseDelta(PhaseShape.of(rules)))
        .invalidExposure(arrival);
  }

  /** Hands out what was counted, and begins anew. */
  void flush(Consumer<PhaseDelta> to) {
    phases.values().forEach(to);
    phases.clear();
  }
}
