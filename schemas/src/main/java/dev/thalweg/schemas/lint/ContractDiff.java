package dev.thalweg.schemas.lint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.schemas.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** What changes from one contract to another, and who can still read whom. */
public final class ContractDiff {
  private static final List<String> PROPERTIES =
      List.of("namespace", "doc", "owner", "compatibility", "deprecated", "supersedes");
  private static final List<String> FIELD_PROPERTIES =
      List.of("doc", "aliases", "personal", "deprecated");

  private final ContractDocument from;
  private final ContractDocument to;
  private final List<String> changes = new ArrayList<>();

  private ContractDiff(ContractDocument from, ContractDocument to) {
    this.from = from;
    this.to = to;
    for (String property : PROPERTIES) {
      compare(property, from.property(property), to.property(property));
    }
    compareFields();
    compareRules();
  }

  /** The difference between two contracts. */
  public static ContractDiff of(ContractDocument from, ContractDocument to) {
    return new ContractDiff(from, to);
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** One line for each change: {@code +} added, {@code -} removed, {@code ~} changed. */
  public List<String> changes() {
    return List.copyOf(changes);
  }

  /** Why the new contract cannot read what the old one wrote; empty where it can. */
  public List<String> backwardProblems() {
    return problems(to, from);
  }

  /** Why the old contract cannot read what the new one writes; empty where it can. */
  public List<String> forwardProblems() {
    return problems(from, to);
  }

  private static List<String> problems(ContractDocument reader, ContractDocument writer) {
    if (reader.schema().isEmpty() || writer.schema().isEmpty()) {
      return List.of("Avro does not read " + (reader.schema().isEmpty() ? reader : writer));
    }
    Schema readerSchema = reader.schema().get();
    return Compatibility.problems(readerSchema, writer.schema().get()).stream()
        .map(Compatibility.Problem::reason)
        .toList();
  }

  /** All of it for people, in lines. */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(from).append(" -> ").append(to).append('\n');
    if (changes.isEmpty()) {
      out.append("  no changes\n");
    }
    changes.forEach(change -> out.append("  ").append(change).append('\n'));
    out.append("  backward, ").append(to).append(" reads ").append(from).append(": ");
    out.append(verdict(backwardProblems())).append('\n');
    out.append("  forward, ").append(from).append(" reads ").append(to).append(": ");
    return out.append(verdict(forwardProblems())).append('\n').toString();
  }

  private static String verdict(List<String> problems) {
    return problems.isEmpty() ? "yes" : "no: " + String.join("; ", problems);
  }

  private void compareFields() {
    for (FieldDocument field : from.fields()) {
      if (to.field(field.name()) == null) {
        changes.add("- field " + field.name() + ": " + field.typeInWords());
      }
    }
    for (FieldDocument after : to.fields()) {
      FieldDocument before = from.field(after.name());
      if (before == null) {
        changes.add("+ field " + after.name() + ": " + after.typeInWords());
        continue;
      }
      String subject = "field " + after.name();
      if (!before.node("type").equals(after.node("type"))) {
        changes.add("~ %s type: %s -> %s".formatted(subject, type(before), type(after)));
      }
      compare(subject + " default", before.defaultNode(), after.defaultNode());
      for (String property : FIELD_PROPERTIES) {
        compare(subject + " " + property, before.node(property), after.node(property));
      }
    }
    compareOrder();
  }

  private static String type(FieldDocument field) {
    return field.type().isPresent()
        ? FieldDocument.word(field.type().get()) + (field.nullable() ? "?" : "")
        : OneLine.of(field.node("type").toString());
  }

  private void compareOrder() {
    List<String> before =
        from.fields().stream().map(FieldDocument::name).filter(n -> to.field(n) != null).toList();
    List<String> after =
        to.fields().stream().map(FieldDocument::name).filter(n -> from.field(n) != null).toList();
    if (!before.equals(after)) {
      changes.add("~ order of fields: " + String.join(", ", after));
    }
  }

  private void compareRules() {
    Map<String, Rule> before = byName(from);
    Map<String, Rule> after = byName(to);
    before.forEach(
        (name, rule) -> {
          if (!after.containsKey(name)) {
            changes.add("- rule " + OneLine.of(name) + ": " + OneLine.of(rule.expression()));
          }
        });
    after.forEach(
        (name, rule) -> {
          Rule old = before.get(name);
          if (old == null) {
            changes.add("+ rule " + OneLine.of(name) + ": " + OneLine.of(rule.expression()));
          } else if (!old.equals(rule)) {
            changes.add(
                "~ rule %s: %s (%s) -> %s (%s)"
                    .formatted(
                        OneLine.of(name),
                        OneLine.of(old.expression()),
                        OneLine.of(old.message()),
                        OneLine.of(rule.expression()),
                        OneLine.of(rule.message())));
          }
        });
  }

  private static Map<String, Rule> byName(ContractDocument document) {
    Map<String, Rule> rules = new LinkedHashMap<>();
    document.rules().values().forEach(rule -> rules.putIfAbsent(rule.name(), rule));
    return rules;
  }

  private void compare(String subject, JsonNode before, JsonNode after) {
    if (!before.equals(after)) {
      changes.add("~ %s: %s -> %s".formatted(subject, words(before), words(after)));
    }
  }

  private static String words(JsonNode node) {
    return node.isMissingNode() ? "none" : OneLine.of(node.toString());
  }
}
