package dev.thalweg.operators.metrics;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is declared, in words that are equal exactly where it means the same, so that state made
 * under one declaration is never taken for that of another. Metrics may come and go, and change
 * places; under one name they must stay what they are. What is gone does not come back: events have
 * been missed, and state has been let go of, under rows that are there.
 */
final class Declarations {
  private static final String LATENESS = "metrics.lateness";
  private static final String HORIZON = "metrics.retention-horizon";
  private static final String IS = " = ";

  /** In front of the meaning of what was declared and no longer is. */
  private static final String GONE = "gone: ";

  private final Map<String, String> meanings;

  private Declarations(Map<String, String> meanings) {
    this.meanings = meanings;
  }

  static Declarations of(MetricsConfig config) {
    Map<String, String> meanings = new TreeMap<>();
    meanings.put(LATENESS, config.lateness().toString());
    meanings.put(HORIZON, config.retentionHorizon().toString());
    for (MetricDefinition metric : config.definitions()) {
      meanings.put("metric " + metric.name(), words(metric) + ", " + config.zone());
    }
    config.sessions().ifPresent(sessions -> meanings.put("sessions", "gap " + sessions.gap()));
    for (FunnelDefinition funnel : config.funnels()) {
      meanings.put("funnel " + funnel.name(), words(funnel, config.zone()));
    }
    for (RetentionDefinition view : config.retention()) {
      meanings.put("retention " + view.name(), words(view, config.zone()));
    }
    return new Declarations(meanings);
  }

  /** As they are kept in state. */
  static Declarations read(Iterable<String> state) {
    Map<String, String> meanings = new TreeMap<>();
    for (String line : state) {
      int is = line.indexOf(IS);
      meanings.put(line.substring(0, is), line.substring(is + IS.length()));
    }
    return new Declarations(meanings);
  }

  /** What is kept: these, and those that are gone, as their rows are there. */
  List<String> write(Declarations earlier) {
    Map<String, String> all = new TreeMap<>(earlier.meanings);
    all.replaceAll((what, meaning) -> meaning.startsWith(GONE) ? meaning : GONE + meaning);
    all.putAll(meanings);
    return all.entrySet().stream().map(e -> e.getKey() + IS + e.getValue()).toList();
  }

  /** Why the state of earlier declarations cannot go on under these; empty if it can. */
  List<String> conflicts(Declarations earlier) {
    List<String> conflicts = new ArrayList<>();
    meanings.forEach(
        (what, meaning) -> {
          String was = earlier.meanings.get(what);
          if (was != null && !was.equals(meaning)) {
            add(conflicts, what, was, meaning);
          }
        });
    return conflicts;
  }

  private static void add(List<String> conflicts, String what, String was, String is) {
    if (what.equals(LATENESS) || what.equals(HORIZON)) {
      // What was let go of too early for the longer time would come back as if it were all.
      if (Duration.parse(is).compareTo(Duration.parse(was)) > 0) {
        conflicts.add(
            "%s was %s, is %s: with a savepoint it can only fall".formatted(what, was, is));
      }
    } else if (was.startsWith(GONE)) {
      conflicts.add(
          "%s was removed before, and misses what came since: give it a new name, go on from a savepoint taken before, or start without one"
              .formatted(what));
    } else {
      conflicts.add(
          "%s was '%s', is '%s': give it a new name, or start without the savepoint"
              .formatted(what, was, is));
    }
  }

  private static String words(MetricDefinition metric) {
    String kind =
        metric.approximate() ? "approximate unique" : metric.kind().name().toLowerCase(Locale.ROOT);
    return "%s%s of %s%s by %s in %s"
        .formatted(
            kind,
            metric.quantile() > 0 ? " " + metric.quantile() : "",
            words(metric.events(), metric.of()),
            metric.denominator().map(per -> " per " + words(per.events(), per.of())).orElse(""),
            metric.by(),
            words(metric.window()));
  }

  private static String words(WindowSpec window) {
    if (window instanceof WindowSpec.Sliding sliding) {
      return "sliding " + sliding.size() + " every " + sliding.every();
    }
    if (window instanceof WindowSpec.Session session) {
      return "sessions with gap " + session.gap();
    }
    return window instanceof WindowSpec.Cumulating cumulating
        ? "cumulating " + cumulating.size() + " every " + cumulating.every()
        : "tumbling " + window.size();
  }

  private static String words(EventSelector events, String field) {
    String types =
        events.eventTypes().isEmpty()
            ? "all events"
            : String.join(" or ", new TreeSet<>(events.eventTypes()));
    return (field.isEmpty() ? types : field + " of " + types)
        + (events.where().isEmpty() ? "" : " where " + events.where());
  }

  private static String words(FunnelDefinition funnel, ZoneId zone) {
    return funnel.steps().stream()
        .map(step -> step.name() + ": " + words(step.events(), ""))
        .collect(
            Collectors.joining(
                ", then ",
                "",
                " within %s in %s, %s".formatted(funnel.within(), words(funnel.window()), zone)));
  }

  private static String words(RetentionDefinition view, ZoneId zone) {
    return "%s by %s after %s, %s"
        .formatted(words(view.events(), ""), view.cohort(), view.periods(), zone);
  }
}
