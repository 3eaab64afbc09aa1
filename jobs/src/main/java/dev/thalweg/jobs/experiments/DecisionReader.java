package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.config.EditDistance;
import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Guardrail;
import dev.thalweg.operators.experiments.definition.RampStep;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads by what an experiment is decided. */
final class DecisionReader {
  private static final AnytimeValid USUAL = new AnytimeValid(0.05, 5000);
  private static final DecisionPolicy PATIENT =
      new DecisionPolicy(1000, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of());
  private static final String GUARDRAILS = "guardrails";

  private final YamlMap map;
  private final List<String> metrics;

  /**
   * A reader.
   *
   * @param metrics their names
   */
  DecisionReader(YamlMap map, List<String> metrics) {
    this.map = map;
    this.metrics = metrics;
  }

  /** The guardrails; null in the place of each that is wrong, which is noted. */
  List<Guardrail> guardrails() {
    List<Guardrail> guardrails = new ArrayList<>();
    if (map.has(GUARDRAILS)) {
      map.maps(GUARDRAILS).forEach(written -> guardrails.add(guardrail(written)));
    }
    return guardrails;
  }

  private Guardrail guardrail(YamlMap written) {
    if (!written.isMap()) {
      return null;
    }
    String metric = written.parsed("metric", this::metric);
    Double tolerance = written.parsed("tolerance", Scalars::real);
    written.refuseOthers();
    return metric == null || tolerance == null
        ? null
        : written.built(() -> new Guardrail(metric, tolerance));
  }

  private String metric(String name) {
    if (!metrics.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is no metric; there are: %s%s"
              .formatted(name, String.join(", ", metrics), EditDistance.suggestion(name, metrics)));
    }
    return name;
  }

  /** The statistics; null where something is wrong, which is noted. */
  AnytimeValid statistics() {
    Optional<YamlMap> written = map.map("statistics");
    return written.isEmpty() ? USUAL : statistics(written.get());
  }

  private static AnytimeValid statistics(YamlMap written) {
    if (!written.isMap()) {
      return null;
    }
    Double alpha = number(written, "alpha", USUAL.alpha());
    Double tuning = number(written, "tuning", USUAL.tuning());
    written.refuseOthers();
    return alpha == null || tuning == null
        ? null
        : written.built(() -> new AnytimeValid(alpha, tuning));
  }

  private static Double number(YamlMap written, String key, double otherwise) {
    return written.has(key) ? written.parsed(key, Scalars::real) : Double.valueOf(otherwise);
  }

  /** The policy; null where something is wrong, which is noted. */
  DecisionPolicy policy() {
    Optional<YamlMap> written = map.map("policy");
    return written.isEmpty() ? PATIENT : policy(written.get());
  }

  private static DecisionPolicy policy(YamlMap written) {
    if (!written.isMap()) {
      return null;
    }
    Long units =
        written.has("minimum_units")
            ? written.parsed("minimum_units", Scalars::whole)
            : Long.valueOf(PATIENT.minimumUnits());
    Duration time =
        written.has("minimum_time") ? written.duration("minimum_time") : PATIENT.minimumTime();
    Acting ship = acting(written, "ship");
    Acting rollback = acting(written, "rollback");
    List<RampStep> ramp = new ArrayList<>();
    if (written.has("ramp")) {
      written.maps("ramp").forEach(step -> ramp.add(step(step)));
    }
    written.refuseOthers();
    boolean complete =
        Stream.of(units, time, ship, rollback).allMatch(Objects::nonNull)
            && !ramp.contains(null)
            && written.has("ramp") != ramp.isEmpty();
    return complete
        ? written.built(() -> new DecisionPolicy(units, time, ship, rollback, ramp))
        : null;
  }

  private static Acting acting(YamlMap written, String key) {
    return written.has(key)
        ? written.parsed(key, text -> Choice.of(Acting.class, text))
        : Acting.MANUAL;
  }

  private static RampStep step(YamlMap written) {
    if (!written.isMap()) {
      return null;
    }
    Integer share = written.parsed("share", Scalars::small);
    Duration hold = written.duration("hold");
    written.refuseOthers();
    return share == null || hold == null ? null : written.built(() -> new RampStep(share, hold));
  }
}
