package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.experiments.definition.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Values;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import dev.thalweg.schemas.Contract;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads the metrics of an experiment, one after the other. */
final class MetricReader {
  private static final String NAME = "name";
  private static final String CAP = "cap";
  private static final String FLOOR = "floor";
  private static final String PER = "per";

  private final EventReader events;
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  MetricReader(EventReader events) {
    this.events = events;
  }

  /** The names of those read so far, right or wrong. */
  List<String> names() {
    return List.copyOf(lines.keySet());
  }

  /** The metric; null where something is wrong, which is noted. */
  OutcomeMetric read(YamlMap map) {
    if (!map.isMap()) {
      return null;
    }
    String name = name(map);
    OutcomeKind kind = map.parsed("kind", text -> Choice.of(OutcomeKind.class, text));
    Outcome outcome = outcome(map);
    Outcome per = map.map(PER).filter(YamlMap::isMap).map(this::denominator).orElse(null);
    Duration delay = map.has("delay") ? map.duration("delay") : Duration.ZERO;
    Duration window = span(map, "window");
    Duration cuped = span(map, "cuped");
    Winsorization bounds = bounds(map);
    map.refuseOthers();
    boolean complete =
        Stream.of(name, kind, outcome, delay, window, cuped, bounds).allMatch(Objects::nonNull)
            && map.has(PER) == (per != null)
            && map.has("of") != outcome.of().isEmpty();
    return complete
        ? map.built(() -> new OutcomeMetric(name, kind, outcome, per, delay, window, bounds, cuped))
        : null;
  }

  private String name(YamlMap map) {
    String name = map.text(NAME);
    if (name == null) {
      return null;
    }
    map.built(
        () -> {
          Values.snakeCase(NAME, name);
          return name;
        });
    Integer first = lines.putIfAbsent(name, map.line(NAME));
    if (first != null) {
      map.refuse(NAME, "'%s' stands in line %d already".formatted(name, first));
    }
    return name;
  }

  private Outcome denominator(YamlMap map) {
    Outcome outcome = outcome(map);
    map.refuseOthers();
    return outcome;
  }

  private Outcome outcome(YamlMap map) {
    Contract contract = events.contract(map);
    String where = events.condition(map, "where", contract);
    String of = events.field(map, contract);
    return contract == null ? null : new Outcome(contract.type(), where, of);
  }

  /** How long; zero where the key is absent, null where it is wrong. */
  private static Duration span(YamlMap map, String key) {
    if (!map.has(key)) {
      return Duration.ZERO;
    }
    Duration span = map.duration(key);
    if (span != null && (span.isZero() || span.isNegative())) {
      map.refuse(key, "must be longer than 0s");
      return null;
    }
    return span;
  }

  private static Winsorization bounds(YamlMap map) {
    Double cap = map.has(CAP) ? map.parsed(CAP, Scalars::real) : Double.POSITIVE_INFINITY;
    Double floor = map.has(FLOOR) ? map.parsed(FLOOR, Scalars::real) : Double.NEGATIVE_INFINITY;
    if (cap == null || floor == null) {
      return null;
    }
    if (floor > cap) {
      map.refuse(FLOOR, "must be at most the cap, which is " + cap);
      return null;
    }
    return new Winsorization(floor, cap);
  }
}
