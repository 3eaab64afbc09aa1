package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.event.Conditions;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.FieldType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the events of one contract mean to experiments. An exposure is looked up by the experiment
 * that it names; outcomes are looked at by experiments alone that have some of the event type. So
 * an event costs the same however many experiments there are that it does not concern. Not thread
 * safe.
 */
public final class ExperimentSelection {
  private final Conditions conditions;
  private final String contract;
  private final ContractField named;
  private final Map<String, Versions<VersionSelection>> exposures = new HashMap<>();
  private final Map<String, Outcomes> outcomes = new TreeMap<>();
  private final Map<String, List<Hit>> hits = new LinkedHashMap<>();

  /** What events mean that are outcomes, to versions that act and to phases that are to come. */
  private record Outcomes(Versions<VersionSelection> versions, Histories histories) {}

  /** Learns what an event means. */
  public interface Meanings {
    /** It concerns a unit. */
    void hits(UnitHits hits);

    /** It is an exposure of a running experiment that is not valid, or to no arm, or of no unit. */
    void invalidExposure(PhaseRules rules);
  }

  /**
   * A selection.
   *
   * @param compiler makes conditions of their texts
   * @param definitions all versions of all experiments
   */
  public ExperimentSelection(
      Contract contract,
      Conditions.Compiler compiler,
      Collection<ExperimentDefinition> definitions) {
    conditions = new Conditions(compiler, contract);
    this.contract = contract.toString();
    named = contract.field("experiment");
    Map<String, List<ExperimentDefinition>> byExperiment = new HashMap<>();
    definitions.forEach(
        definition ->
            byExperiment
                .computeIfAbsent(definition.experiment(), id -> new ArrayList<>())
                .add(definition));
    byExperiment.forEach((experiment, versions) -> add(experiment, versions, contract));
  }

  private void add(String experiment, List<ExperimentDefinition> definitions, Contract contract) {
    Versions<VersionSelection> versions =
        new Versions<>(
            definitions, definition -> new VersionSelection(definition, contract, conditions));
    boolean isExposure =
        definitions.stream()
            .anyMatch(each -> each.design().exposure().event().equals(contract.type()));
    if (isExposure && named != null && named.type() == FieldType.STRING) {
      exposures.put(experiment, versions);
    }
    if (versions.all().stream().anyMatch(VersionSelection::hasOutcomes)) {
      outcomes.put(experiment, new Outcomes(versions, new Histories(versions.all())));
    }
  }

  /** Whether events of the contract concern no experiment, whatever they hold. */
  boolean isOfNone() {
    return exposures.isEmpty() && outcomes.isEmpty();
  }

  /**
   * Tells what an event means.
   *
   * @param event a canonical record of the contract
   * @param origin where it was read from, with its arrival in the raw topic
   */
  public void select(EventCursor event, Origin origin, Meanings meanings) {
    conditions.next(event);
    long time = event.longValue(CoreFields.EVENT_TIME);
    hits.clear();
    VersionSelection exposed = exposed(event, time);
    int arm = exposed == null ? Hit.NO_ARM : exposed.arm(event);
    String exposedUnit = exposed == null ? null : exposed.unit(event);
    if (exposed != null && (arm == Hit.NO_ARM || exposedUnit == null)) {
      meanings.invalidExposure(exposed.rules());
    } else if (exposed != null) {
      add(exposedUnit, new Hit(exposed.rules(), arm, exposed.outcomes(event)));
    }
    for (Outcomes each : outcomes.values()) {
      VersionSelection acting = each.versions.at(time);
      boolean isTold = acting == exposed && arm != Hit.NO_ARM;
      if (acting != null && !isTold) {
        addOutcomes(event, acting);
      }
      each.histories.tell(event, time, this::add);
    }
    String eventId = hits.isEmpty() ? "" : event.text(CoreFields.EVENT_ID);
    hits.forEach(
        (unit, all) -> meanings.hits(new UnitHits(unit, time, origin, contract, eventId, all)));
  }

  /** The version that the event is an exposure of, whether valid or not; null if of none. */
  private VersionSelection exposed(EventCursor event, long time) {
    if (exposures.isEmpty() || event.isNull(named.position())) {
      return null;
    }
    Versions<VersionSelection> versions = exposures.get(event.text(named.position()));
    VersionSelection acting = versions == null ? null : versions.at(time);
    return acting != null && acting.exposes() ? acting : null;
  }

  private void addOutcomes(EventCursor event, VersionSelection acting) {
    List<Outcome> found = acting.outcomes(event);
    String unit = found.isEmpty() ? null : acting.unit(event);
    if (unit != null) {
      add(unit, new Hit(acting.rules(), Hit.NO_ARM, found));
    }
  }

  private void add(String unit, Hit hit) {
    hits.computeIfAbsent(unit, u -> new ArrayList<>()).add(hit);
  }
}
