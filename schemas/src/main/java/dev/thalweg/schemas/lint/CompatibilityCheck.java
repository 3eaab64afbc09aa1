package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.FieldType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Whether the newest version can live with older ones: as its mode asks, in running state, and in
 * PostgreSQL's columns. Versions that are superseded are left out.
 */
final class CompatibilityCheck implements HistoryCheck {
  private static final Map<FieldType, Set<FieldType>> COLUMN_CHANGES =
      Map.of(
          FieldType.INT, Set.of(FieldType.LONG, FieldType.DOUBLE),
          FieldType.FLOAT, Set.of(FieldType.DOUBLE));

  /** What is found in comparison with several older versions is one finding. */
  private record Key(LintRule rule, String path, String reason) {}

  @Override
  public void check(ContractHistory history, Findings findings) {
    history
        .newest()
        .ifPresent(newest -> new Comparison(newest, history.predecessors()).report(findings));
  }

  /** One contract's newest version and what it must live with. */
  private static final class Comparison {
    private final ContractDocument newest;
    private final List<ContractDocument> older;
    private final Map<Key, Set<String>> found = new LinkedHashMap<>();
    private final Set<String> unreadable = new HashSet<>();

    Comparison(ContractDocument newest, List<ContractDocument> older) {
      this.newest = newest;
      this.older = older;
    }

    void report(Findings findings) {
      CompatibilityMode mode = newest.mode();
      List<ContractDocument> compared = mode.compared(older);
      for (ContractDocument old : older) {
        boolean asked = compared.contains(old);
        if (isComparable(old)) {
          read(old, asked && mode.backward());
          if (asked && mode.forward()) {
            write(old);
          }
        }
        compareColumns(old);
      }
      found.forEach(
          (key, versions) ->
              findings.add(key.rule, newest.file(), key.path, message(key, versions)));
    }

    /** Other names are a finding of their own, and would make everything incompatible. */
    private boolean isComparable(ContractDocument old) {
      return newest.schema().isPresent()
          && old.schema().isPresent()
          && newest.schema().get().getName().equals(old.schema().get().getName());
    }

    private void read(ContractDocument old, boolean asked) {
      LintRule rule = asked ? LintRule.BACKWARD_INCOMPATIBLE : LintRule.STATE_UNREADABLE;
      for (Compatibility.Problem problem :
          Compatibility.problems(newest.schema().orElseThrow(), old.schema().orElseThrow())) {
        String path = path(problem.field(), problem.ofType());
        unreadable.add(path);
        add(rule, path, problem.reason(), old);
      }
    }

    private void write(ContractDocument old) {
      Schema reader = old.schema().orElseThrow();
      for (Compatibility.Problem problem :
          Compatibility.problems(reader, newest.schema().orElseThrow())) {
        FieldDocument field =
            problem.field() < 0
                ? null
                : newest.field(reader.getFields().get(problem.field()).name());
        String path = path(field == null ? -1 : field.position(), problem.ofType());
        add(LintRule.FORWARD_INCOMPATIBLE, path, problem.reason(), old);
      }
    }

    private void compareColumns(ContractDocument old) {
      for (FieldDocument field : newest.fields()) {
        FieldDocument before = old.field(field.name());
        if (before == null || before.type().isEmpty() || field.type().isEmpty()) {
          continue;
        }
        FieldType from = before.type().get();
        FieldType to = field.type().get();
        String path = path(field.position(), true);
        if (from != to
            && !COLUMN_CHANGES.getOrDefault(from, Set.of()).contains(to)
            && !unreadable.contains(path)) {
          add(
              LintRule.COLUMN_TYPE_CHANGE,
              path,
              "field %s: a column of %s takes no %s"
                  .formatted(field.name(), FieldDocument.word(from), FieldDocument.word(to)),
              old);
        }
      }
    }

    private void add(LintRule rule, String path, String reason, ContractDocument old) {
      found
          .computeIfAbsent(new Key(rule, path, reason), key -> new java.util.LinkedHashSet<>())
          .add("v" + old.version());
    }

    private static String path(int field, boolean ofType) {
      return field < 0 ? "$.fields" : "$.fields[" + field + "]" + (ofType ? ".type" : "");
    }

    private String message(Key key, Set<String> versions) {
      String others = versions.stream().collect(Collectors.joining(", "));
      String own = "v" + newest.version();
      return switch (key.rule) {
        case FORWARD_INCOMPATIBLE ->
            others + " as reader cannot read " + own + " as writer: " + key.reason;
        case COLUMN_TYPE_CHANGE ->
            "tables made for " + others + " take no " + own + ": " + key.reason;
        default -> own + " as reader cannot read " + others + " as writer: " + key.reason;
      };
    }
  }
}
