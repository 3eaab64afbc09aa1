package dev.thalweg.operators.experiments.routing;

import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.selection.Versions;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where the events of one contract go. Experiments that route none of the event type are not looked
 * at. Not thread safe.
 */
final class ContractRoutes {
  private final String eventType;
  private final EventFields fields;
  private final List<Versions<VersionRoutes>> experiments = new ArrayList<>();
  private final Map<String, Target> targets = new HashMap<>();
  private long events;

  /** Learns where an event goes. */
  interface Destinations {
    /** It goes there; told once an event, however many experiments send it there. */
    void send(String route);

    /** The rule of that version failed; the event does not go where it would send it. */
    void failed(ExperimentDefinition definition);
  }

  private static final class Target {
    private final String route;
    private long lastEvent;

    Target(String route) {
      this.route = route;
    }
  }

  /**
   * Where units go by a version.
   *
   * @param targets of each arm; null where an arm has none
   */
  private record VersionRoutes(ExperimentDefinition definition, ArmRule rule, Target[] targets) {}

  /**
   * The routes of a contract's events.
   *
   * @param definitions all versions of all experiments
   * @param rules gives each version its rule; asked for versions alone that route the event type
   */
  ContractRoutes(
      Contract contract,
      List<ExperimentDefinition> definitions,
      Function<ExperimentDefinition, ArmRule> rules) {
    eventType = contract.type();
    fields = new EventFields(contract);
    Map<String, List<ExperimentDefinition>> byExperiment = new TreeMap<>();
    definitions.forEach(
        each -> byExperiment.computeIfAbsent(each.experiment(), id -> new ArrayList<>()).add(each));
    for (List<ExperimentDefinition> versions : byExperiment.values()) {
      if (versions.stream().anyMatch(this::isRouted)) {
        experiments.add(
            new Versions<>(versions, each -> isRouted(each) ? routes(each, rules) : null));
      }
    }
  }

  private boolean isRouted(ExperimentDefinition definition) {
    return definition.design().routing().events().contains(eventType);
  }

  private VersionRoutes routes(
      ExperimentDefinition definition, Function<ExperimentDefinition, ArmRule> rules) {
    Routing routing = definition.design().routing();
    List<Variant> variants = definition.design().allocation().variants();
    Target[] byArm = new Target[variants.size()];
    for (int arm = 0; arm < byArm.length; arm++) {
      String route = routing.routes().get(variants.get(arm).name());
      byArm[arm] = route == null ? null : targets.computeIfAbsent(route, Target::new);
    }
    return new VersionRoutes(definition, rules.apply(definition), byArm);
  }

  /** How many experiments are looked at for each event. */
  int experiments() {
    return experiments.size();
  }

  /** Tells where an event goes, which is a record of the contract. */
  void route(EventCursor event, Destinations to) {
    if (experiments.isEmpty()) {
      return;
    }
    events++;
    fields.next(event);
    long time = event.longValue(CoreFields.EVENT_TIME);
    for (Versions<VersionRoutes> versions : experiments) {
      VersionRoutes acting = versions.at(time);
      if (acting != null) {
        route(acting, to);
      }
    }
  }

  private void route(VersionRoutes acting, Destinations to) {
    int arm = acting.rule.arm(fields);
    if (arm == ArmRule.FAILED) {
      to.failed(acting.definition);
      return;
    }
    Target target = arm == ArmRule.NONE ? null : acting.targets[arm];
    if (target != null && target.lastEvent != events) {
      target.lastEvent = events;
      to.send(target.route);
    }
  }
}
