package dev.thalweg.cli.report;

import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.postgres.PostgresAddress;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the views say at one moment, as much of it as a reader can look at.
 *
 * @param schema where the views are
 * @param zone in which times are shown, and in which cohorts begin
 * @param newestEvent the newest time of an event that any view knows of
 * @param ledgers what became of the records of each job
 * @param metrics in order of their names
 * @param funnels in order of their names
 * @param retention in order of their names
 * @param sessions all sessions together
 * @param deadLetters by reason, the most frequent first
 */
public record ViewsSnapshot(
    String schema,
    ZoneId zone,
    Optional<Instant> newestEvent,
    List<JobLedger> ledgers,
    List<MetricView> metrics,
    List<FunnelView> funnels,
    List<RetentionView> retention,
    SessionSummary sessions,
    List<DeadLetters> deadLetters) {

  /**
   * What became of the records that a job read from a topic.
   *
   * @param job its name
   * @param topic where they came from
   * @param partitions how many partitions they came from
   * @param counts of all partitions together
   * @param balanced whether each partition adds up
   * @param asOf the newest arrival counted
   */
  public record JobLedger(
      String job,
      String topic,
      int partitions,
      LedgerRow counts,
      boolean balanced,
      Optional<Instant> asOf) {}

  /**
   * A funnel.
   *
   * @param name its name
   * @param windows the newest first
   */
  public record FunnelView(String name, List<FunnelWindow> windows) {}

  /**
   * Those who began in a window.
   *
   * @param start of the window
   * @param steps in order
   */
  public record FunnelWindow(Instant start, List<FunnelStep> steps) {}

  /**
   * A step of a funnel.
   *
   * @param name its name
   * @param users how many came so far
   */
  public record FunnelStep(String name, long users) {}

  /**
   * Who comes back.
   *
   * @param name its name
   * @param periods after which time, the shortest first
   * @param cohorts the newest first
   */
  public record RetentionView(String name, List<RetentionPeriod> periods, List<Cohort> cohorts) {}

  /**
   * Those who came first at about the same time.
   *
   * @param start first day
   * @param users how many they are
   * @param retained how many of them came back, by period
   */
  public record Cohort(LocalDate start, long users, Map<String, Long> retained) {}

  /**
   * Sessions.
   *
   * @param count how many
   * @param limited whether there are more, older ones
   * @param seconds their length
   * @param events their events
   * @param lengths how many are how long, without empty classes at the ends
   */
  public record SessionSummary(
      long count, boolean limited, Spread seconds, Spread events, List<LengthClass> lengths) {}

  /**
   * How values are spread.
   *
   * @param median half are at most this
   * @param high 95 percent are at most this
   * @param largest all are at most this
   */
  public record Spread(double median, double high, double largest) {}

  /**
   * Sessions of about the same length.
   *
   * @param label how long they are
   * @param sessions how many
   */
  public record LengthClass(String label, long sessions) {}

  /**
   * Dead letters of the same kind.
   *
   * @param failure why
   * @param stage where
   * @param eventType of which event, {@code unknown} unless a contract was found
   * @param events how many
   */
  public record DeadLetters(String failure, String stage, String eventType, long events) {}

  /** Copies the lists. */
  public ViewsSnapshot {
    ledgers = List.copyOf(ledgers);
    metrics = List.copyOf(metrics);
    funnels = List.copyOf(funnels);
    retention = List.copyOf(retention);
    deadLetters = List.copyOf(deadLetters);
  }

  /** Reads views whose days are those of UTC. */
  public static ViewsSnapshot read(PostgresAddress postgres, String schema) throws SQLException {
    return read(postgres, schema, ZoneId.of("UTC"));
  }

  /**
   * Reads all of it in one transaction that writes nothing.
   *
   * @param zone the one in which the metrics job counts its days
   */
  public static ViewsSnapshot read(PostgresAddress postgres, String schema, ZoneId zone)
      throws SQLException {
    return SnapshotReader.read(postgres, schema, zone);
  }

  /** The deployment that the schema belongs to, empty for the only one. */
  String deployment() {
    return schema.endsWith("_views")
        ? schema.substring(0, schema.length() - "_views".length())
        : "";
  }
}
