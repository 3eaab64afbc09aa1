package dev.thalweg.schemas;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.List;

/** The compiled rules of one contract. Not thread safe; compile one for each thread. */
public final class RuleSet {
  private final List<Rule> rules;
  private final RuleCheck[] checks;

  private RuleSet(List<Rule> rules, RuleCheck[] checks) {
    this.rules = rules;
    this.checks = checks;
  }

  /**
   * Compiles and type-checks a contract's rules.
   *
   * @throws ContractException naming the rule that does not compile
   */
  public static RuleSet compile(Contract contract) {
    List<Rule> rules = contract.rules();
    RuleCheck[] checks = new RuleCheck[rules.size()];
    CelEnvironment environment = rules.isEmpty() ? null : new CelEnvironment(contract);
    for (int i = 0; i < checks.length; i++) {
      CelAbstractSyntaxTree ast = environment.compile(rules.get(i));
      checks[i] =
          ComparisonCheck.of(ast.getExpr(), contract)
              .orElseGet(() -> new CelRuleCheck(environment, ast, contract));
    }
    return new RuleSet(rules, checks);
  }

  /** The first rule that is false for the event under the cursor, or null if all hold. */
  public Rule firstBroken(EventCursor event) {
    for (int i = 0; i < checks.length; i++) {
      if (!checks[i].holds(event)) {
        return rules.get(i);
      }
    }
    return null;
  }
}
