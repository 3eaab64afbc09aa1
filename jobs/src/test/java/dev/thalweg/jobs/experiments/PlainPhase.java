package dev.thalweg.jobs.experiments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a plain loop over all events, in order of time, finds of one phase of an experiment. */
final class PlainPhase {
  private final Map<String, Unit> units = new TreeMap<>();
  private long invalid;
  private long before;

  private static final class Unit {
    private final Set<String> variants = new LinkedHashSet<>();
    private final List<UserEvent> outcomes = new ArrayList<>();

    String variant() {
      return variants.iterator().next();
    }
  }

  /**
   * Loops over the events.
   *
   * @param from the first time of the phase
   * @param to the first time after it
   * @param events in order of time
   */
  PlainPhase(String experiment, long from, long to, List<UserEvent> events) {
    for (UserEvent event : events) {
      if (event.time() >= from && event.time() < to) {
        if (event.kind() != UserEvent.Kind.EXPOSURE) {
          outcome(event);
        } else if (event.experiment().equals(experiment)) {
          exposure(event);
        }
      }
    }
  }

  private Unit unit(UserEvent event) {
    return units.computeIfAbsent(event.user(), user -> new Unit());
  }

  private void exposure(UserEvent event) {
    if (event.surface().equals("bot")) {
      invalid++;
      return;
    }
    Unit unit = unit(event);
    if (unit.variants.isEmpty()) {
      before += unit.outcomes.size();
      unit.outcomes.clear();
    }
    unit.variants.add(event.variant());
  }

  private void outcome(UserEvent event) {
    unit(event).outcomes.add(event);
  }

  /** The variant that each unit saw first. */
  Map<String, String> entered() {
    Map<String, String> entered = new TreeMap<>();
    units.forEach(
        (user, unit) -> {
          if (!unit.variants.isEmpty()) {
            entered.put(user, unit.variant());
          }
        });
    return entered;
  }

  private List<Unit> of(String variant) {
    return units.values().stream()
        .filter(unit -> unit.variants.size() == 1 && unit.variant().equals(variant))
        .toList();
  }

  long units(String variant) {
    return of(variant).size();
  }

  /** Units of the variant with a goal. */
  long buyers(String variant) {
    return of(variant).stream()
        .filter(unit -> unit.outcomes.stream().anyMatch(e -> e.kind() == UserEvent.Kind.GOAL))
        .count();
  }

  /** All amounts of the variant's units. */
  long spent(String variant) {
    return of(variant).stream()
        .flatMap(unit -> unit.outcomes.stream())
        .mapToLong(UserEvent::amount)
        .sum();
  }

  /** The columns of health that are counts. */
  Map<String, Object> health() {
    Map<String, Object> health = new HashMap<>();
    long several = units.values().stream().filter(unit -> unit.variants.size() > 1).count();
    health.put("units", entered().size() - several);
    health.put("units_in_several_variants", several);
    health.put("outcomes_before_exposure", before);
    health.put(
        "units_with_outcome_never_exposed",
        units.values().stream().filter(unit -> unit.variants.isEmpty()).count());
    health.put("invalid_exposures", invalid);
    return health;
  }
}
