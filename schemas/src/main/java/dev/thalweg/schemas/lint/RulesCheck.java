package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.FieldType;
import dev.thalweg.schemas.Rule;
import dev.thalweg.schemas.RuleSyntax;
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
import java.util.stream.Collectors;

/** The conditions that events must meet. */
final class RulesCheck implements HistoryCheck {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * What compiling an expression says, by the fields that it may mean: that way the rules that
   * nearly all contracts share compile once, and rules over the same fields share a compiler.
   */
  private final Map<Map<String, FieldType>, Compiled> compiled = new ConcurrentHashMap<>();

  /** The words of an expression, for the same reason. */
  private final Map<String, Set<String>> words = new ConcurrentHashMap<>();

  private static final class Compiled {
    private final RuleSyntax syntax;
    private final Map<String, Optional<String>> problems = new ConcurrentHashMap<>();

    Compiled(Map<String, FieldType> fields) {
      syntax = new RuleSyntax(fields);
    }

    Optional<String> problem(String expression) {
      return problems.computeIfAbsent(expression, syntax::problem);
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
    Map<String, FieldType> fields = new HashMap<>();
    for (String word : words.computeIfAbsent(rule.expression(), RulesCheck::words)) {
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
        .computeIfAbsent(fields, Compiled::new)
        .problem(rule.expression())
        .ifPresent(
            problem ->
                findings.add(
                    LintRule.RULE_INVALID,
                    document.file(),
                    "$.rules[" + i + "].cel",
                    "rule %s does not compile: %s"
                        .formatted(OneLine.of(rule.name()), OneLine.of(problem))));
  }

  private static Set<String> words(String expression) {
    return WORD.matcher(expression)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toUnmodifiableSet());
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
