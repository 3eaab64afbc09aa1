package dev.thalweg.cli.check;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * What one experiment must show.
 *
 * @param arms by metric and variant, a blank between
 * @param health of all of it
 */
public record ExperimentTruth(Map<String, Arm> arms, Health health) {
  /** A unit's revenue counts up to so many cents. */
  private static final long REVENUE_CAP = 100_000;

  /** How many units a variant has, and the sum of what they did. */
  public record Arm(long units, double total) {
    static final Arm NONE = new Arm(0, 0);

    Arm plus(double value) {
      return new Arm(units + 1, total + value);
    }
  }

  /** Whether its numbers can be trusted. */
  public record Health(
      long units,
      double sampleRatio,
      long unitsInSeveralVariants,
      long outcomesBefore,
      long unitsNeverExposed,
      long invalidExposures) {}

  /**
   * Of an experiment with two variants of equal weight, the metrics {@code purchase} and {@code
   * revenue}, and no condition on exposures.
   */
  static ExperimentTruth of(
      String experiment, List<String> variants, Collection<UnitTruth> units, long invalid) {
    Map<String, Arm> arms = new TreeMap<>();
    for (String variant : variants) {
      arms.put("purchase " + variant, Arm.NONE);
      arms.put("revenue " + variant, Arm.NONE);
    }
    long several = 0;
    long before = 0;
    long never = 0;
    for (UnitTruth unit : units) {
      Set<String> seen = unit.variants(experiment, variants);
      if (seen.isEmpty()) {
        never += unit.hasOutcomes() ? 1 : 0;
        continue;
      }
      long since = unit.firstExposure(experiment, variants);
      before += unit.outcomesBefore(since);
      if (seen.size() > 1) {
        several++;
        continue;
      }
      String variant = seen.iterator().next();
      double purchase = unit.purchasedFrom(since) ? 1 : 0;
      double revenue = Math.min(REVENUE_CAP, unit.orderedFrom(since));
      arms.computeIfPresent("purchase " + variant, (key, arm) -> arm.plus(purchase));
      arms.computeIfPresent("revenue " + variant, (key, arm) -> arm.plus(revenue));
    }
    long first = arms.get("purchase " + variants.get(0)).units();
    long second = arms.get("purchase " + variants.get(1)).units();
    Health health =
        new Health(first + second, sampleRatio(first, second), several, before, never, invalid);
    return new ExperimentTruth(arms, health);
  }

  /** With one degree of freedom, chi-square is the square of a normal. */
  static double sampleRatio(long first, long second) {
    if (first + second == 0) {
      return 1;
    }
    double difference = first - second;
    return Erfc.value(Math.sqrt(difference * difference / (first + second) / 2));
  }
}
