package dev.thalweg.operators.experiments.definition;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The versions of one experiment, each as it was told first. They may be told in any order, and
 * some may be missing: each is held against the nearest that are known below and above it. Whatever
 * stands here has one {@link Design} a phase. Mutable; not thread safe.
 */
public final class VersionChain {
  private final NavigableMap<Integer, ExperimentDefinition> versions = new TreeMap<>();

  /** What is known, by version; a view. */
  public NavigableMap<Integer, ExperimentDefinition> versions() {
    return Collections.unmodifiableNavigableMap(versions);
  }

  /**
   * Adds a version; one that is known and says the same changes nothing.
   *
   * @throws IllegalArgumentException if it does not fit; then nothing changes
   */
  public void add(ExperimentDefinition definition) {
    ExperimentDefinition first = versions.get(definition.version());
    if (first != null) {
      Values.require(
          first.equals(definition),
          definition.key(),
          "was told before with other content, which stays");
      return;
    }
    Map.Entry<Integer, ExperimentDefinition> earlier = versions.lowerEntry(definition.version());
    Map.Entry<Integer, ExperimentDefinition> later = versions.higherEntry(definition.version());
    if (earlier != null) {
      requireOrder(earlier.getValue(), definition);
    }
    if (later != null) {
      requireOrder(definition, later.getValue());
    }
    versions.put(definition.version(), definition);
  }

  private static void requireOrder(ExperimentDefinition earlier, ExperimentDefinition later) {
    int phases = later.phase() - earlier.phase();
    int steps = later.version() - earlier.version();
    boolean fits =
        steps == 1
            ? phases == (later.startsNewPhase(earlier) ? 1 : 0)
            : phases > 0 && phases <= steps
                || phases == 0 && later.design().equals(earlier.design());
    Values.require(
        fits,
        later.key(),
        "phase %d does not follow phase %d of version %d"
            .formatted(later.phase(), earlier.phase(), earlier.version()));
    Values.require(
        later.effectiveFrom() >= earlier.effectiveFrom() + (phases > 0 ? 1 : 0),
        later.key(),
        "effective_from %s must %s that of version %d, which is %s"
            .formatted(
                Instant.ofEpochMilli(later.effectiveFrom()),
                phases > 0 ? "lie after" : "not lie before",
                earlier.version(),
                Instant.ofEpochMilli(earlier.effectiveFrom())));
  }
}
