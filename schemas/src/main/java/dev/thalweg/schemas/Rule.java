package dev.thalweg.schemas;

import java.util.Objects;

/**
 * A condition that every event of a contract meets. A rule over an absent optional field passes.
 *
 * @param name identifies the rule within its contract
 * @param expression CEL over the contract's fields, of type bool
 * @param message what to tell whoever broke it
 */
public record Rule(String name, String expression, String message) {
  /** Refuses missing parts. */
  public Rule {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(message, "message");
  }
}
