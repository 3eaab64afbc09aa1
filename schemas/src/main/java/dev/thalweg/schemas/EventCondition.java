package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import java.util.Objects;

/**
 * A condition over the events of one contract, such as {@code quantity < 100}. Other than a rule,
 * it is not met where a field that it speaks of is absent. Not thread safe; compile one for each
 * thread.
 */
public final class EventCondition {
  private final int[] fields;
  private final RuleCheck check;

  EventCondition(CelEnvironment environment, CelAbstractSyntaxTree ast, Contract contract) {
    fields =
        ast.getReferenceMap().values().stream()
            .map(CelReference::name)
            .map(contract::field)
            .filter(Objects::nonNull)
            .mapToInt(ContractField::position)
            .distinct()
            .toArray();
    check =
        ComparisonCheck.of(ast.getExpr(), contract)
            .orElseGet(() -> new CelRuleCheck(environment, ast, contract));
  }

  /**
   * Whether the event under a cursor over that contract meets it; a canonical cursor will do. An
   * expression without a value (a division by zero, say) is not met.
   */
  public boolean holds(EventCursor event) {
    for (int field : fields) {
      if (event.isNull(field)) {
        return false;
      }
    }
    return check.holds(event);
  }
}
