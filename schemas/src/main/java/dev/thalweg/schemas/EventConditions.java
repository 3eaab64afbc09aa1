package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compiles conditions over the events of a catalogue: CEL over core keys, attributes and {@code
 * event_type}, of type bool. Not thread safe.
 */
public final class EventConditions {
  private final Set<String> names;
  private final Map<Contract, CelEnvironment> environments = new HashMap<>();

  /** For conditions over the contracts of that catalogue. */
  public EventConditions(ContractCatalog catalog) {
    names =
        catalog.events().stream()
            .flatMap(contract -> contract.fields().stream())
            .map(ContractField::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The condition for events of one contract; empty where the contract lacks a field that it speaks
   * of, as no event can meet it then.
   *
   * @throws ContractException saying in one line why it does not compile
   */
  public Optional<EventCondition> compile(String expression, Contract contract) {
    CelEnvironment environment =
        environments.computeIfAbsent(contract, known -> CelEnvironment.ofConditions(known, names));
    CelAbstractSyntaxTree ast = environment.compileCondition(expression);
    boolean lacks =
        ast.getReferenceMap().values().stream()
            .map(CelReference::name)
            .anyMatch(name -> names.contains(name) && contract.field(name) == null);
    return lacks ? Optional.empty() : Optional.of(new EventCondition(environment, ast, contract));
  }
}
