package dev.thalweg.cli.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was seen of one user. */
final class UnitTruth {
  private final List<Seen> exposures = new ArrayList<>();
  private final List<Seen> purchases = new ArrayList<>();
  private final List<Seen> orders = new ArrayList<>();

  /** One event: an exposure's experiment and variant, or how much an order was. */
  private record Seen(long time, String experiment, String variant, long amount) {}

  void exposed(long time, String experiment, String variant) {
    exposures.add(new Seen(time, experiment, variant, 0));
  }

  void purchased(long time) {
    purchases.add(new Seen(time, "", "", 0));
  }

  void ordered(long time, long amount) {
    orders.add(new Seen(time, "", "", amount));
  }

  boolean hasOutcomes() {
    return !purchases.isEmpty() || !orders.isEmpty();
  }

  /** The variants of the experiment that it was exposed to. */
  Set<String> variants(String experiment, Collection<String> known) {
    Set<String> variants = new HashSet<>();
    for (Seen exposure : exposures) {
      if (exposure.experiment.equals(experiment) && known.contains(exposure.variant)) {
        variants.add(exposure.variant);
      }
    }
    return variants;
  }

  /** When it was exposed first, to whatever known variant. */
  long firstExposure(String experiment, Collection<String> known) {
    long first = Long.MAX_VALUE;
    for (Seen exposure : exposures) {
      if (exposure.experiment.equals(experiment) && known.contains(exposure.variant)) {
        first = Math.min(first, exposure.time);
      }
    }
    return first;
  }

  long outcomesBefore(long time) {
    long before = 0;
    for (Seen purchase : purchases) {
      before += purchase.time < time ? 1 : 0;
    }
    for (Seen order : orders) {
      before += order.time < time ? 1 : 0;
    }
    return before;
  }

  boolean purchasedFrom(long time) {
    return purchases.stream().anyMatch(purchase -> purchase.time >= time);
  }

  long orderedFrom(long time) {
    long sum = 0;
    for (Seen order : orders) {
      sum += order.time >= time ? order.amount : 0;
    }
    return sum;
  }
}
