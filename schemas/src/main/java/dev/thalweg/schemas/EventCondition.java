package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.Objects;

/**
 * A condition on events of one contract, in CEL over its fields. An event to which a field of the
 * condition is absent does not meet it (a {@link Rule} it would pass). Not thread safe.
 */
public final class EventCondition {
  private final RuleCheck check;
  private final int[] fields;

  private EventCondition(RuleCheck check, int[] fields) {
    this.check = check;
    this.fields = fields;
  }

  /**
   * Compiles and type-checks a condition.
   *
   * @throws ContractException if it does not compile, or is about fields that the contract lacks
   */
  public static EventCondition compile(Contract contract, String expression) {
    CelEnvironment environment = new CelEnvironment(contract);
    CelAbstractSyntaxTree ast = environment.compile(new Rule("where", expression, ""));
    RuleCheck check =
        ComparisonCheck.of(ast.getExpr(), contract)
            .orElseGet(() -> new CelRuleCheck(environment, ast, contract));
    int[] fields =
        ast.getReferenceMap().values().stream()
            .map(reference -> contract.field(reference.name()))
            .filter(Objects::nonNull)
            .mapToInt(ContractField::position)
            .distinct()
            .toArray();
    return new EventCondition(check, fields);
  }

  /** Whether the event under the cursor meets it. */
  public boolean holds(EventCursor event) {
    for (int field : fields) {
      if (event.isNull(field)) {
        return false;
      }
    }
    return check.holds(event);
  }
}
