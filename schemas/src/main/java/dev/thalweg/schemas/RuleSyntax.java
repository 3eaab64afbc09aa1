package dev.thalweg.schemas;

import java.util.Map;
import java.util.Optional;

/** Tells whether expressions are rules over certain fields. Thread safe. */
public final class RuleSyntax {
  private final CelEnvironment environment;

  /** For rules over fields of those types by name. */
  public RuleSyntax(Map<String, FieldType> fields) {
    environment = new CelEnvironment("rule", fields);
  }

  /** Why a CEL expression is no rule, in one line; empty where it is one. */
  public Optional<String> problem(String expression) {
    try {
      return environment.problem(expression);
    } catch (RuntimeException | StackOverflowError e) {
      return Optional.of("the compiler fails with " + e.getClass().getSimpleName());
    }
  }
}
