package dev.thalweg.jobs.canonical;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.CanonicalReader;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.metrics.MetricGroup;

/**
 * How canonical events are read.
 *
 * @param contracts loads the contracts
 * @param registry reaches the registry whose header records may have, if there is one
 * @param disorder how far events of one partition may lie behind one another in time
 * @param idleness after how long without records a partition no longer holds back time
 */
public record CanonicalReading(
    CatalogFactory contracts,
    Optional<RegistryFactory> registry,
    Duration disorder,
    Duration idleness) {

  /** Time is the events', or their arrival where that is less. */
  public WatermarkStrategy<RawRecord> byEventTime() {
    CatalogFactory catalog = contracts;
    RegistryFactory connection = registry.orElse(null);
    return WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(disorder)
        .withTimestampAssigner(
            context -> new CanonicalTime(reader(catalog, connection, context.getMetricGroup())))
        .withIdleness(idleness);
  }

  private static CanonicalReader reader(
      CatalogFactory contracts, RegistryFactory registry, MetricGroup metrics) {
    return new CanonicalReader(
        contracts.load(), registry == null ? null : registry.connect(metrics));
  }
}
