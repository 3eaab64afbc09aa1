package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.Problems;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.flags.FlagRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads which unit gets which variant. */
final class AllocationReader {
  private static final String VARIANTS = "variants";
  private static final String BASELINE = "baseline";
  private static final String TARGETING = "targeting";

  private final YamlMap map;
  private final Problems problems;
  private final String unit;
  private final List<String> names = new ArrayList<>();

  AllocationReader(YamlMap map, Problems problems, String unit) {
    this.map = map;
    this.problems = problems;
    this.unit = unit;
  }

  /** The names of the variants, right or wrong. */
  List<String> names() {
    return names;
  }

  /** The allocation; null where something is wrong, which is noted. */
  Allocation read(String experiment) {
    List<Variant> variants = variants();
    String baseline = map.parsed(BASELINE, this::baseline);
    String salt = map.has("salt") ? map.text("salt") : experiment;
    Bucketing bucketing =
        map.has("assignment")
            ? map.parsed("assignment", AllocationReader::bucketing)
            : Bucketing.FLAGD_FRACTIONAL_V2;
    String targeting = map.optional(TARGETING).map(this::targeting).orElse("");
    boolean complete =
        Stream.of(unit, variants, baseline, salt, bucketing).allMatch(Objects::nonNull)
            && map.has(TARGETING) != targeting.isEmpty();
    return complete
        ? map.built(() -> new Allocation(unit, variants, baseline, salt, bucketing, targeting))
        : null;
  }

  /** The variants; null where something is wrong, which is noted. */
  private List<Variant> variants() {
    map.take(VARIANTS);
    YamlMap written = map.map(VARIANTS).filter(YamlMap::isMap).orElse(null);
    if (written == null) {
      return null;
    }
    names.addAll(written.remaining());
    List<Variant> variants = new ArrayList<>();
    for (String name : names) {
      Integer weight = written.parsed(name, Scalars::small);
      variants.add(weight == null ? null : written.built(() -> new Variant(name, weight)));
    }
    return variants.contains(null)
        ? null
        : map.built(
            () -> {
              Variant.check(variants);
              return variants;
            });
  }

  private String baseline(String name) {
    if (!names.isEmpty() && !names.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is no variant; there are: %s%s"
              .formatted(name, String.join(", ", names), EditDistance.suggestion(name, names)));
    }
    return name;
  }

  private static Bucketing bucketing(String text) {
    List<String> ids = Stream.of(Bucketing.values()).map(Bucketing::id).toList();
    return Bucketing.of(Choice.checked(ids, text)).orElseThrow();
  }

  /** The rule as JSON; empty where it is wrong, which is noted. */
  private String targeting(Node node) {
    try {
      JsonOfYaml rule = JsonOfYaml.of(node);
      Optional<String> mistake =
          rule.json().isObject()
              ? FlagRule.mistake(rule.json())
              : Optional.of("must be a rule such as {\"==\": [{\"var\": \"platform\"}, \"ios\"]}");
      mistake.ifPresent(reason -> problems.add(node, TARGETING, reason));
      return mistake.isPresent() ? "" : rule.json().toString();
    } catch (IllegalArgumentException e) {
      problems.add(node, TARGETING, e.getMessage());
      return "";
    }
  }
}
