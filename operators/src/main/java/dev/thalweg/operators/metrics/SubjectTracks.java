package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that is declared and kept by subject, by name; it says what each event changes. */
final class SubjectTracks {
  private final MetricsConfig config;
  private final Memory memory;
  private final Map<String, UniqueWindows> uniques = new HashMap<>();
  private final Map<String, FunnelMatch> funnels = new HashMap<>();
  private final Map<String, RetentionCohort> retention = new HashMap<>();
  private final Sessions sessions;

  /** What is kept of the current subject. */
  record Memory(
      Entries<long[]> uniqueSlices,
      Entries<Chunk<Session>> sessions,
      Entries<Chunk<Moment>> funnelEvents,
      Entries<Integer> funnelDepths,
      Entries<long[]> chunkBeginnings,
      Entries<long[]> activeDays) {}

  SubjectTracks(MetricsConfig config, Memory memory) {
    this.config = config;
    this.memory = memory;
    Lateness lateness = Lateness.of(config);
    for (MetricDefinition metric : config.definitions()) {
      if (metric.kind() == MetricKind.UNIQUE && !metric.approximate()) {
        uniques.put(
            metric.name(), new UniqueWindows(metric, config.zone(), lateness, memory.uniqueSlices));
      }
    }
    for (FunnelDefinition funnel : config.funnels()) {
      funnels.put(
          funnel.name(),
          new FunnelMatch(
              funnel,
              config.zone(),
              lateness,
              memory.funnelEvents,
              memory.chunkBeginnings,
              memory.funnelDepths));
    }
    for (RetentionDefinition view : config.retention()) {
      retention.put(
          view.name(), new RetentionCohort(view, config.zone(), lateness, memory.activeDays));
    }
    sessions =
        config
            .sessions()
            .map(
                definition ->
                    new Sessions(definition, lateness, memory.sessions, memory.chunkBeginnings))
            .orElse(null);
  }

  /** Adds an event; returns for how many of what it is for it came too late. */
  int add(
      SubjectHits hits, long watermark, Consumer<Contribution> out, Sessions.Changes sessionRows) {
    int dropped = 0;
    long time = hits.eventTime();
    for (UniqueHit hit : hits.uniques()) {
      UniqueWindows unique = uniques.get(config.definitions().get(hit.metric()).name());
      dropped += unique.add(hit.dimensions(), time, watermark, out) ? 0 : 1;
    }
    for (Map.Entry<Integer, Integer> funnel : stepsByFunnel(hits.funnelSteps()).entrySet()) {
      FunnelMatch match = funnels.get(config.funnels().get(funnel.getKey()).name());
      dropped += match.add(time, funnel.getValue(), watermark, out) ? 0 : 1;
    }
    for (int view : hits.retentions()) {
      RetentionCohort cohort = retention.get(config.retention().get(view).name());
      dropped += cohort.add(time, watermark, out) ? 0 : 1;
    }
    if (hits.inSessions() && sessions != null) {
      dropped += sessions.add(time, hits.eventType(), watermark, sessionRows) ? 0 : 1;
    }
    return dropped;
  }

  /** One event may be several steps of one funnel. */
  private static Map<Integer, Integer> stepsByFunnel(List<FunnelHit> hits) {
    if (hits.isEmpty()) {
      return Map.of();
    }
    Map<Integer, Integer> steps = new TreeMap<>();
    for (FunnelHit hit : hits) {
      steps.merge(hit.funnel(), 1 << hit.step(), (some, more) -> some | more);
    }
    return steps;
  }

  /** Forgets of an entry what can be forgotten by now; all, if what it is of is not declared. */
  void expire(TrackKey entry, long now) {
    switch (entry.kind()) {
      case UNIQUE -> {
        UniqueWindows unique = uniques.get(entry.name());
        if (unique != null) {
          unique.expire(entry, now);
        } else {
          memory.uniqueSlices.remove(entry);
        }
      }
      case SESSION -> {
        if (sessions != null) {
          sessions.expire(entry, now);
        } else {
          drop(entry, memory.sessions, now);
        }
      }
      case FUNNEL_EVENTS -> {
        FunnelMatch funnel = funnels.get(entry.name());
        if (funnel != null) {
          funnel.expire(entry, now);
        } else {
          drop(entry, memory.funnelEvents, now);
        }
      }
      case FUNNEL_WINDOW -> {
        FunnelMatch funnel = funnels.get(entry.name());
        if (funnel != null) {
          funnel.expire(entry, now);
        } else {
          memory.funnelDepths.remove(entry);
        }
      }
      case RETENTION -> {
        RetentionCohort view = retention.get(entry.name());
        if (view != null) {
          view.expire(entry, now);
        } else {
          memory.activeDays.remove(entry);
        }
      }
    }
  }

  private <V> void drop(TrackKey entry, Entries<Chunk<V>> chunks, long now) {
    new Timeline<>(entry.kind(), entry.name(), chunks, memory.chunkBeginnings, (time, value) -> now)
        .expire(entry, now);
  }
}
