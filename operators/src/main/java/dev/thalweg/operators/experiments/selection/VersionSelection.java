package dev.thalweg.operators.experiments.selection;

import dev.thalweg.operators.event.Conditions;
import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.Hit.Outcome;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.FieldType;
import java.util.ArrayList;
import java.util.List;

/** What events of one contract mean to one version of an experiment. */
final class VersionSelection {
  private final PhaseRules rules;
  private final long begins;
  private final Conditions conditions;
  private final String unitPrefix;
  private final ContractField unit;
  private final String[] arms;
  private final List<Item> items = new ArrayList<>();
  private final boolean exposes;
  private final boolean mayExpose;
  private final int validIf;
  private final ContractField variant;

  /** An outcome of a metric; the field is null where events are counted. */
  private record Item(int metric, int condition, ContractField of, boolean below) {}

  VersionSelection(ExperimentDefinition definition, Contract contract, Conditions conditions) {
    Design design = definition.design();
    this.conditions = conditions;
    rules = PhaseRules.of(definition);
    begins = definition.effectiveFrom();
    unitPrefix = design.allocation().unit() + "=";
    unit = contract.field(design.allocation().unit());
    variant = contract.field("variant");
    arms = design.allocation().variants().stream().map(Variant::name).toArray(String[]::new);
    exposes = contract.type().equals(design.exposure().event());
    mayExpose = exposes && isText(variant) && conditions.fit(design.exposure().validIf());
    validIf = mayExpose ? conditions.add(design.exposure().validIf()) : 0;
    for (int i = 0; i < design.metrics().size(); i++) {
      OutcomeMetric metric = design.metrics().get(i);
      int place = i;
      add(place, metric.outcome(), false, contract);
      metric.denominator().ifPresent(per -> add(place, per, true, contract));
    }
  }

  private void add(
      int metric,
      dev.thalweg.operators.experiments.definition.Outcome outcome,
      boolean below,
      Contract contract) {
    ContractField of = outcome.of().isEmpty() ? null : contract.field(outcome.of());
    boolean concerns =
        contract.type().equals(outcome.event())
            && (outcome.of().isEmpty() || isNumber(of))
            && conditions.fit(outcome.where());
    if (concerns) {
      items.add(new Item(metric, conditions.add(outcome.where()), of, below));
    }
  }

  private static boolean isText(ContractField field) {
    return field != null && field.type() == FieldType.STRING;
  }

  /** Whether it can be summed; contracts may have changed since the definition was published. */
  private static boolean isNumber(ContractField field) {
    return field != null
        && switch (field.type()) {
          case INT, LONG, TIMESTAMP, FLOAT, DOUBLE -> true;
          case STRING, BOOLEAN, BYTES, STRING_MAP -> false;
        };
  }

  /** Whether events of the contract may be outcomes. */
  boolean hasOutcomes() {
    return !items.isEmpty();
  }

  /** Whether events of the contract are exposures, if they name the experiment. */
  boolean exposes() {
    return exposes;
  }

  PhaseRules rules() {
    return rules;
  }

  /** The unit of an event, told apart from units of other kinds; null if it has none. */
  String unit(EventCursor event) {
    if (unit == null || event.isNull(unit.position())) {
      return null;
    }
    return switch (unit.type()) {
      case STRING -> unitPrefix + event.text(unit.position());
      case INT, LONG, TIMESTAMP -> unitPrefix + event.longValue(unit.position());
      case BOOLEAN -> unitPrefix + event.booleanValue(unit.position());
      default -> null;
    };
  }

  /** The arm that an exposure is to; {@link Hit#NO_ARM} if it is not valid. */
  int arm(EventCursor event) {
    if (!mayExpose || event.isNull(variant.position()) || !conditions.hold(validIf)) {
      return Hit.NO_ARM;
    }
    String name = event.text(variant.position());
    for (int arm = 0; arm < arms.length; arm++) {
      if (arms[arm].equals(name)) {
        return arm;
      }
    }
    return Hit.NO_ARM;
  }

  /** From which event time on it acts. */
  long begins() {
    return begins;
  }

  /** How long before it acts events of the contract are history of a metric; 0 if they are not. */
  long lookBack() {
    return items.stream().mapToLong(this::lookBack).max().orElse(0);
  }

  private long lookBack(Item item) {
    return rules.metrics().get(item.metric).lookBack();
  }

  /** The outcomes that an event is. */
  List<Outcome> outcomes(EventCursor event) {
    return outcomes(event, 0);
  }

  /** Those of metrics that look back at least that long. */
  List<Outcome> outcomes(EventCursor event, long lookBack) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Item item : items) {
      boolean isThere = item.of == null || !event.isNull(item.of.position());
      if (lookBack(item) >= lookBack && isThere && conditions.hold(item.condition)) {
        double value = item.of == null ? 1 : number(event, item.of);
        outcomes.add(new Outcome(item.metric, value, item.below));
      }
    }
    return outcomes;
  }

  private static double number(EventCursor event, ContractField of) {
    return switch (of.type()) {
      case INT, LONG, TIMESTAMP -> event.longValue(of.position());
      default -> event.doubleValue(of.position());
    };
  }
}
