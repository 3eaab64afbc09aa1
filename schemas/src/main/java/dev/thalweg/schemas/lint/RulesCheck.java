package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.FieldType;
import dev.thalweg.schemas.Rule;
import dev.thalweg.schemas.RuleSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The conditions that events must meet. */
final class RulesCheck implements HistoryCheck {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * What compiling an expression says. The fields that it may mean are part of the key and no
   * others: that way the rules that nearly all contracts share compile once.
   */
  private final Map<Condition, Optional<String>> compiled = new ConcurrentHashMap<>();

  private record Condition(String expression, Map<String, FieldType> fields) {
    Optional<String> problem() {
      try {
        return RuleSet.problem(expression, fields);
      } catch (RuntimeException | StackOverflowError e) {
        return Optional.of("the compiler fails with " + e.getClass().getSimpleName());
      }
    }
  }

  @Override
  public void check(ContractHistory history, Findings findings) {
    for (ContractDocument document : history.documents()) {
      checkNames(document, findings);
      document.rules().forEach((i, rule) -> checkCondition(document, i, rule, findings));
    }
    history.newest().ifPresent(newest -> checkChanges(newest, history.predecessors(), findings));
  }

  private static void checkNames(ContractDocument document, Findings findings) {
    Set<String> names = new HashSet<>();
    document
        .rules()
        .forEach(
            (i, rule) -> {
              if (!names.add(rule.name())) {
                findings.add(
                    LintRule.RULE_NAME_DUPLICATE,
                    document.file(),
                    "$.rules[" + i + "].name",
                    "there are two rules " + OneLine.of(rule.name()));
              }
            });
  }

  private void checkCondition(ContractDocument document, int i, Rule rule, Findings findings) {
    Map<String, FieldType> fields = new TreeMap<>();
    List<String> words = WORD.matcher(rule.expression()).results().map(MatchResult::group).toList();
    for (String word : words) {
      FieldDocument field = document.field(word);
      if (field != null && field.type().isEmpty()) {
        // The field has a finding of its own; what the rule would make of it cannot be said.
        return;
      }
      if (field != null) {
        fields.put(word, field.type().get());
      }
    }
    compiled
        .computeIfAbsent(new Condition(rule.expression(), fields), Condition::problem)
        .ifPresent(
            problem ->
                findings.add(
                    LintRule.RULE_INVALID,
                    document.file(),
                    "$.rules[" + i + "].cel",
                    "rule %s does not compile: %s"
                        .formatted(OneLine.of(rule.name()), OneLine.of(problem))));
  }

  private static void checkChanges(
      ContractDocument newest, List<ContractDocument> older, Findings findings) {
    Map<Integer, Map<String, String>> expressions = new TreeMap<>();
    for (ContractDocument document : older) {
      Map<String, String> byName = new HashMap<>();
      document.rules().values().forEach(rule -> byName.put(rule.name(), rule.expression()));
      expressions.put(document.version(), byName);
    }
    newest
        .rules()
        .forEach(
            (i, rule) -> {
              List<String> without =
                  expressions.entrySet().stream()
                      .filter(old -> !rule.expression().equals(old.getValue().get(rule.name())))
                      .map(old -> "v" + old.getKey())
                      .toList();
              if (!without.isEmpty()) {
                findings.add(
                    LintRule.RULE_CHANGED,
                    newest.file(),
                    "$.rules[" + i + "]",
                    "events of %s were not held to rule %s: %s"
                        .formatted(
                            String.join(", ", without),
                            OneLine.of(rule.name()),
                            OneLine.of(rule.expression())));
              }
            });
  }
}
