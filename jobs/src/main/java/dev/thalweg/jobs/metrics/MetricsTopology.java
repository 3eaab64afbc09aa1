package dev.thalweg.jobs.metrics;

import static dev.thalweg.jobs.Steps.step;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.AggregateViews;
import dev.thalweg.operators.metrics.Contribution;
import dev.thalweg.operators.metrics.GroupKey;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.operators.metrics.MetricsTypes;
import dev.thalweg.operators.metrics.PreAggregate;
import dev.thalweg.operators.metrics.SelectEvents;
import dev.thalweg.operators.metrics.SubjectHits;
import dev.thalweg.operators.metrics.TrackSubjects;
import dev.thalweg.operators.metrics.ViewRow;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of the metrics job. */
public final class MetricsTopology {
  private MetricsTopology() {}

  /**
   * How events are read.
   *
   * @param contracts loads the contracts
   * @param disorder how far events of one partition may lie behind one another in time
   * @param idleness after how long without records a partition no longer holds back time
   */
  public record Reading(CatalogFactory contracts, Duration disorder, Duration idleness) {}

  /**
   * Where the job writes.
   *
   * @param views rows of all views
   * @param late records that every metric dropped as late
   */
  public record Sinks(Sink<ViewRow> views, Sink<RawRecord> late) {}

  /** Defines the graph; does nothing else. */
  public static void define(
      StreamExecutionEnvironment env,
      Source<RawRecord, ?, ?> events,
      Reading reading,
      MetricsConfig metrics,
      Sinks sinks) {
    var read =
        step(
            MetricsSteps.READ_EVENTS,
            env.fromSource(events, byEventTime(reading), "", MessageTypes.RAW_RECORD));
    var selected =
        step(
            MetricsSteps.SELECT,
            read.transform(
                "", MetricsTypes.CONTRIBUTION, new SelectEvents(reading.contracts(), metrics)));
    var tracked =
        step(
            MetricsSteps.TRACK_SUBJECTS,
            selected
                .getSideOutput(SelectEvents.HITS)
                .keyBy(SubjectHits::subject, Types.STRING)
                .transform("", MetricsTypes.CONTRIBUTION, new TrackSubjects(metrics)));
    var rows = aggregated(selected.union(preAggregated(tracked, metrics)), metrics);
    step(
        MetricsSteps.WRITE_VIEWS,
        rows.union(tracked.getSideOutput(TrackSubjects.sessionRows())).sinkTo(sinks.views()));
    step(MetricsSteps.WRITE_LATE, selected.getSideOutput(SelectEvents.LATE).sinkTo(sinks.late()));
  }

  private static SingleOutputStreamOperator<Contribution> preAggregated(
      SingleOutputStreamOperator<Contribution> tracked, MetricsConfig metrics) {
    return step(
        MetricsSteps.PRE_AGGREGATE,
        tracked.transform(
            "", MetricsTypes.CONTRIBUTION, new PreAggregate(metrics.emit().dividedBy(5))));
  }

  private static SingleOutputStreamOperator<ViewRow> aggregated(
      DataStream<Contribution> contributions, MetricsConfig metrics) {
    return step(
        MetricsSteps.AGGREGATE,
        contributions
            .keyBy(contribution -> GroupKey.of(contribution.group()), Types.STRING)
            .transform("", MetricsTypes.VIEW_ROW, new AggregateViews(metrics)));
  }

  private static WatermarkStrategy<RawRecord> byEventTime(Reading reading) {
    CatalogFactory contracts = reading.contracts();
    return WatermarkStrategy.<RawRecord>forBoundedOutOfOrderness(reading.disorder())
        .withTimestampAssigner(context -> new CanonicalTime(contracts))
        .withIdleness(reading.idleness());
  }
}
