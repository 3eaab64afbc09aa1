package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Reads what {@link AnalysisWriter} writes, and nothing else. */
final class AnalysisReader {
  private AnalysisReader() {}

  static ExperimentDefinition definition(JsonFields fields) {
    String experiment = fields.text("experiment");
    int version = fields.small("version");
    int phase = fields.small("phase");
    String owner = fields.text("owner");
    long from = time(fields, "effective_from");
    long stop = fields.has("stop") ? time(fields, "stop") : ExperimentDefinition.NEVER;
    Allocation allocation = allocation(fields);
    JsonFields exposed = fields.object("exposure");
    String event = exposed.text("event");
    String validIf = exposed.textOrNone("valid_if");
    Exposure exposure = exposed.built(() -> new Exposure(event, validIf));
    Crossover crossover = constant(fields, "crossover", Crossover.class);
    List<OutcomeMetric> metrics = fields.list("metrics", AnalysisReader::metric);
    Routing routing = routing(fields);
    List<Guardrail> guardrails = fields.list("guardrails", AnalysisReader::guardrail);
    AnytimeValid statistics = statistics(fields.object("statistics"));
    DecisionPolicy policy = policy(fields.object("policy"));
    return fields.built(
        () ->
            new ExperimentDefinition(
                experiment,
                version,
                phase,
                owner,
                from,
                stop,
                new Design(allocation, exposure, crossover, metrics, routing),
                guardrails,
                statistics,
                policy));
  }

  private static Allocation allocation(JsonFields fields) {
    String unit = fields.text("unit");
    List<Variant> variants = fields.list("variants", AnalysisReader::variant);
    String baseline = fields.text("baseline");
    String salt = fields.text("salt");
    Bucketing bucketing = fields.parsed("assignment", text -> Bucketing.of(text).orElseThrow());
    String targeting = fields.has("targeting") ? fields.node("targeting").toString() : "";
    return fields.refusing(
        () -> new Allocation(unit, variants, baseline, salt, bucketing, targeting));
  }

  private static Variant variant(JsonFields fields) {
    String name = fields.text("name");
    int weight = fields.small("weight");
    return fields.built(() -> new Variant(name, weight));
  }

  private static OutcomeMetric metric(JsonFields fields) {
    String name = fields.text("name");
    OutcomeKind kind = constant(fields, "kind", OutcomeKind.class);
    Outcome outcome = outcome(fields);
    Outcome per = fields.has("per") ? denominator(fields.object("per")) : null;
    Duration delay = span(fields, "delay");
    Duration window = span(fields, "window");
    double cap = fields.has("cap") ? fields.number("cap") : Double.POSITIVE_INFINITY;
    double floor = fields.has("floor") ? fields.number("floor") : Double.NEGATIVE_INFINITY;
    Duration cuped = span(fields, "cuped");
    return fields.built(
        () ->
            new OutcomeMetric(
                name, kind, outcome, per, delay, window, new Winsorization(floor, cap), cuped));
  }

  private static Outcome denominator(JsonFields fields) {
    Outcome outcome = outcome(fields);
    return fields.built(() -> outcome);
  }

  private static Outcome outcome(JsonFields fields) {
    String event = fields.text("event");
    String where = fields.textOrNone("where");
    String of = fields.textOrNone("of");
    return fields.refusing(() -> new Outcome(event, where, of));
  }

  private static Routing routing(JsonFields fields) {
    Map<String, String> routes = new LinkedHashMap<>();
    if (fields.has("routes")) {
      JsonFields written = fields.object("routes");
      written.names().forEach(variant -> routes.put(variant, written.text(variant)));
    }
    List<String> events = fields.has("routed_events") ? fields.texts("routed_events") : List.of();
    return fields.refusing(() -> new Routing(routes, new TreeSet<>(events)));
  }

  private static Guardrail guardrail(JsonFields fields) {
    String metric = fields.text("metric");
    double tolerance = fields.number("tolerance");
    return fields.built(() -> new Guardrail(metric, tolerance));
  }

  private static AnytimeValid statistics(JsonFields fields) {
    double alpha = fields.number("alpha");
    double tuning = fields.number("tuning");
    return fields.built(() -> new AnytimeValid(alpha, tuning));
  }

  private static DecisionPolicy policy(JsonFields fields) {
    long units = fields.whole("minimum_units");
    Duration time = fields.parsed("minimum_time", Duration::parse);
    Acting ship = constant(fields, "ship", Acting.class);
    Acting rollback = constant(fields, "rollback", Acting.class);
    List<RampStep> ramp =
        fields.has("ramp") ? fields.list("ramp", AnalysisReader::step) : List.of();
    return fields.built(() -> new DecisionPolicy(units, time, ship, rollback, ramp));
  }

  private static RampStep step(JsonFields fields) {
    int share = fields.small("share");
    Duration hold = fields.parsed("hold", Duration::parse);
    return fields.built(() -> new RampStep(share, hold));
  }

  private static long time(JsonFields fields, String key) {
    return fields.parsed(key, text -> Instant.parse(text).toEpochMilli());
  }

  private static Duration span(JsonFields fields, String key) {
    return fields.has(key) ? fields.parsed(key, Duration::parse) : Duration.ZERO;
  }

  private static <T extends Enum<T>> T constant(JsonFields fields, String key, Class<T> type) {
    return fields.parsed(key, text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
  }
}
