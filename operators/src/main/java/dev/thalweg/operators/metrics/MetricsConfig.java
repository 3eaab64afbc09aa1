package dev.thalweg.operators.metrics;

import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * All that is declared about metrics.
 *
 * @param lateness how long after its end a window takes corrections, in event time
 * @param emit how often changed rows are published
 * @param zone whose calendar days, weeks and months follow
 * @param retentionHorizon how long a subject's activity is remembered for retention
 * @param definitions the metrics
 * @param sessionsOrNull the sessions, or null for none
 * @param funnels the funnels
 * @param retention the retention views
 */
public record MetricsConfig(
    Duration lateness,
    Duration emit,
    ZoneId zone,
    Duration retentionHorizon,
    List<MetricDefinition> definitions,
    SessionDefinition sessionsOrNull,
    List<FunnelDefinition> funnels,
    List<RetentionDefinition> retention)
    implements Serializable {

  /** Copies the lists. */
  public MetricsConfig {
    definitions = List.copyOf(definitions);
    funnels = List.copyOf(funnels);
    retention = List.copyOf(retention);
  }

  /** The sessions, if they are declared. */
  public Optional<SessionDefinition> sessions() {
    return Optional.ofNullable(sessionsOrNull);
  }
}
