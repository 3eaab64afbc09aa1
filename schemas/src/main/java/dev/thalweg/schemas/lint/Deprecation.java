package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When a field or contract goes away.
 *
 * @param since the first day on which it is deprecated
 * @param sunset the last day on which it must be there
 * @param replacement what to use instead; null if there is nothing
 * @param reason why
 */
public record Deprecation(LocalDate since, LocalDate sunset, String replacement, String reason) {
  /** The deprecation that a block describes; empty where it is malformed or missing. */
  public static Optional<Deprecation> of(JsonNode block) {
    return problem(block).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Deprecation(
                date(block.path("since")).orElseThrow(),
                date(block.path("sunset")).orElseThrow(),
                block.path("replacement").textValue(),
                block.path("reason").textValue()));
  }

  /** What is wrong with a block, as path within it and message; empty where nothing is. */
  static Optional<Problem> problem(JsonNode block) {
    if (!block.isObject()) {
      return Optional.of(new Problem("", "must be an object with since, sunset and reason"));
    }
    Optional<LocalDate> since = date(block.path("since"));
    Optional<LocalDate> sunset = date(block.path("sunset"));
    if (since.isEmpty()) {
      return Optional.of(new Problem(".since", "must be a date such as 2026-11-01"));
    }
    if (sunset.isEmpty()) {
      return Optional.of(new Problem(".sunset", "must be a date such as 2026-11-01"));
    }
    if (sunset.get().isBefore(since.get())) {
      return Optional.of(new Problem(".sunset", "must not be before since"));
    }
    if (block.path("reason").asText("").isBlank() || !block.path("reason").isTextual()) {
      return Optional.of(new Problem(".reason", "must be a text that says why"));
    }
    JsonNode replacement = block.path("replacement");
    boolean named = replacement.isTextual() && !replacement.textValue().isBlank();
    return named || replacement.isMissingNode() || replacement.isNull()
        ? Optional.empty()
        : Optional.of(new Problem(".replacement", "must be a name, or left out"));
  }

  /** Something wrong, and where within the block. */
  record Problem(String path, String message) {}

  private static Optional<LocalDate> date(JsonNode node) {
    try {
      return node.isTextual() ? Optional.of(LocalDate.parse(node.textValue())) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** {@code deprecated since ..., sunset ..., use ...: reason}, in one line. */
  public String words() {
    String instead = replacement == null ? "" : ", use " + OneLine.of(replacement);
    return "deprecated since " + since + ", sunset " + sunset + instead + ": " + OneLine.of(reason);
  }
}
