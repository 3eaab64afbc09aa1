package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import dev.cel.runtime.CelRuntime;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compiles conditions over the events of a catalogue: CEL over core keys, attributes and {@code
 * event_type}, of type bool. Compiling one for a second contract costs little. Not thread safe.
 */
public final class EventConditions {
  private final Map<String, FieldType> types = new HashMap<>();

  /** Names that fields of different types have. */
  private final Set<String> ambiguous = new HashSet<>();

  private final CelEnvironment shared;
  private final Map<String, Compiled> compiled = new HashMap<>();
  private final Map<Contract, CelEnvironment> own = new HashMap<>();

  /** For conditions over the contracts of that catalogue. */
  public EventConditions(ContractCatalog catalog) {
    catalog.events().stream().flatMap(contract -> contract.fields().stream()).forEach(this::add);
    Map<String, FieldType> typed = new HashMap<>(types);
    typed.keySet().removeAll(ambiguous);
    shared = CelEnvironment.ofConditions(typed, ambiguous);
  }

  private void add(ContractField field) {
    FieldType other = types.putIfAbsent(field.name(), field.type());
    if (other != null && other != field.type()) {
      ambiguous.add(field.name());
    }
  }

  /**
   * The condition for events of one contract; empty where the contract lacks a field that it speaks
   * of, as no event can meet it then.
   *
   * @throws ContractException saying in one line why it does not compile
   */
  public Optional<EventCondition> compile(String expression, Contract contract) {
    Compiled common = compiled.computeIfAbsent(expression, text -> new Compiled(text, shared));
    if (common.names.stream().anyMatch(name -> contract.field(name) == null)) {
      return Optional.empty();
    }
    boolean decided = Collections.disjoint(common.names, ambiguous);
    Compiled used = decided ? common : new Compiled(expression, environmentOf(contract));
    return Optional.of(used.condition(contract));
  }

  private CelEnvironment environmentOf(Contract contract) {
    return own.computeIfAbsent(
        contract,
        known ->
            CelEnvironment.ofConditions(
                known.fields().stream()
                    .collect(Collectors.toMap(ContractField::name, ContractField::type)),
                Set.of()));
  }

  /** A condition in an environment, whatever the contract. */
  private final class Compiled {
    private final CelEnvironment environment;
    private final CelAbstractSyntaxTree ast;

    /** The fields it speaks of. */
    private final Set<String> names;

    private CelRuntime.Program program;

    Compiled(String expression, CelEnvironment environment) {
      this.environment = environment;
      ast = environment.compileCondition(expression);
      names =
          ast.getReferenceMap().values().stream()
              .map(CelReference::name)
              .filter(types::containsKey)
              .collect(Collectors.toUnmodifiableSet());
    }

    EventCondition condition(Contract contract) {
      int[] fields = CelRuleCheck.positions(ast, contract);
      return new EventCondition(
          fields,
          ComparisonCheck.of(ast.getExpr(), contract)
              .orElseGet(() -> new CelRuleCheck(program(), fields)));
    }

    private CelRuntime.Program program() {
      if (program == null) {
        program = environment.program(ast);
      }
      return program;
    }
  }
}
