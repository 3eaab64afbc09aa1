package dev.thalweg.operators.experiments.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * The versions that events may still meet. A version ends with its stop, or where the next version
 * of its experiment begins.
 *
 * @param versions in the order in which they were given
 * @param firstEnd when the first of them ends, or {@link ExperimentDefinition#NEVER}
 */
record VersionsInUse(List<ExperimentDefinition> versions, long firstEnd) {
  /**
   * Those that end at that time or later.
   *
   * @param all every version, by experiment and version
   */
  static VersionsInUse at(long time, List<ExperimentDefinition> all) {
    List<ExperimentDefinition> versions = new ArrayList<>();
    long firstEnd = ExperimentDefinition.NEVER;
    for (int i = 0; i < all.size(); i++) {
      long end = end(all, i);
      if (end >= time) {
        versions.add(all.get(i));
        firstEnd = Math.min(firstEnd, end);
      }
    }
    return new VersionsInUse(versions, firstEnd);
  }

  private static long end(List<ExperimentDefinition> all, int i) {
    ExperimentDefinition version = all.get(i);
    boolean isLast =
        i + 1 == all.size() || !all.get(i + 1).experiment().equals(version.experiment());
    return isLast ? version.stop() : Math.min(version.stop(), all.get(i + 1).effectiveFrom());
  }
}
