package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.Problems;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Exposure;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.FieldType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads an experiment from the map of its file. */
final class ExperimentReader {
  private static final String EXPERIMENT = "experiment";
  private static final String STOP = "stop";

  private final YamlMap map;
  private final EventReader events;
  private final AllocationReader allocations;
  private final MetricReader metricReader;

  ExperimentReader(YamlMap map, Problems problems, ContractCatalog catalog) {
    this.map = map;
    String unit = map.text("unit");
    this.events = new EventReader(catalog, unit);
    this.allocations = new AllocationReader(map, problems, unit);
    this.metricReader = new MetricReader(events);
  }

  /** The experiment; null where something is wrong, which is noted. */
  ExperimentDefinition read() {
    String experiment = map.parsed(EXPERIMENT, Scalars::id);
    String owner = map.parsed("owner", Scalars::owner);
    Long from = map.parsed("effective_from", Scalars::time);
    Long stop = map.has(STOP) ? map.parsed(STOP, Scalars::time) : ExperimentDefinition.NEVER;
    Allocation allocation = allocations.read(experiment);
    Exposure exposure = exposure();
    Crossover crossover =
        map.has("crossover")
            ? map.parsed("crossover", text -> Choice.of(Crossover.class, text))
            : Crossover.EXCLUDE;
    List<OutcomeMetric> metrics = map.maps("metrics").stream().map(metricReader::read).toList();
    Routing routing = new RoutingReader(map, events, allocations.names()).read();
    DecisionReader decisions = new DecisionReader(map, metricReader.names());
    List<Guardrail> guardrails = decisions.guardrails();
    AnytimeValid statistics = decisions.statistics();
    DecisionPolicy policy = decisions.policy();
    map.refuseOthers();
    boolean complete =
        Stream.of(
                experiment,
                owner,
                from,
                stop,
                allocation,
                exposure,
                crossover,
                routing,
                statistics,
                policy)
            .allMatch(Objects::nonNull);
    return complete
            && !metrics.isEmpty()
            && Stream.concat(metrics.stream(), guardrails.stream()).allMatch(Objects::nonNull)
        ? map.built(
            () ->
                new ExperimentDefinition(
                    experiment,
                    1,
                    1,
                    owner,
                    from,
                    stop,
                    new Design(allocation, exposure, crossover, metrics, routing),
                    guardrails,
                    statistics,
                    policy))
        : null;
  }

  private Exposure exposure() {
    map.take("exposure");
    YamlMap exposure = map.map("exposure").filter(YamlMap::isMap).orElse(null);
    if (exposure == null) {
      return null;
    }
    Contract contract = events.contract(exposure);
    String validIf = events.condition(exposure, "valid_if", contract);
    exposure.refuseOthers();
    if (contract == null) {
      return null;
    }
    for (String field : List.of(EXPERIMENT, "variant")) {
      if (contract.field(field) == null || contract.field(field).type() != FieldType.STRING) {
        exposure.refuse(
            "event", "'%s' has no text '%s', as exposures have".formatted(contract.type(), field));
      }
    }
    return new Exposure(contract.type(), validIf);
  }
}
