package dev.thalweg.jobs.metrics;

import static dev.thalweg.jobs.Steps.step;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.ledger.CountConsumed;
import dev.thalweg.operators.ledger.KeepLedger;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.ledger.LedgerTally;
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
import java.util.Optional;
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
   * Where the job writes.
   *
   * @param views rows of all views; those of one key come to one writer, in order
   * @param values where the rows go too, sessions excepted, if anywhere
   * @param late records that every metric dropped as late
   * @param deadLetters records that are no canonical ones
   * @param ledger the ledger
   */
  public record Sinks(
      Sink<ViewRow> views,
      Optional<Sink<ViewRow>> values,
      Sink<RawRecord> late,
      Sink<Message> deadLetters,
      LedgerPublisher ledger) {}

  /** Defines the graph; does nothing else. */
  public static void define(
      StreamExecutionEnvironment env,
      Source<RawRecord, ?, ?> events,
      CanonicalReading reading,
      MetricsConfig metrics,
      Sinks sinks) {
    var consumed =
        step(
            MetricsSteps.COUNT_CONSUMED,
            readEvents(env, events, reading)
                .transform("", MessageTypes.RAW_RECORD, new CountConsumed()));
    var selected =
        step(
            MetricsSteps.SELECT,
            consumed.transform(
                "",
                MetricsTypes.CONTRIBUTION,
                new SelectEvents(reading.contracts(), reading.registry().orElse(null), metrics)));
    var tracked =
        step(
            MetricsSteps.TRACK_SUBJECTS,
            selected
                .getSideOutput(SelectEvents.HITS)
                .keyBy(SubjectHits::subject, Types.STRING)
                .transform("", MetricsTypes.CONTRIBUTION, new TrackSubjects(metrics)));
    var rows = aggregated(selected.union(preAggregated(tracked, metrics)), metrics);
    write(rows, tracked.getSideOutput(TrackSubjects.sessionRows()), sinks);
    step(MetricsSteps.WRITE_LATE, selected.getSideOutput(SelectEvents.LATE).sinkTo(sinks.late()));
    step(
        MetricsSteps.WRITE_DEAD_LETTERS,
        selected.getSideOutput(SelectEvents.REFUSED).sinkTo(sinks.deadLetters()));

    var counts =
        consumed
            .getSideOutput(CountConsumed.counts())
            .union(selected.getSideOutput(LedgerTally.COUNTS));
    step(MetricsSteps.KEEP_LEDGER, counts.transform("", Types.VOID, new KeepLedger(sinks.ledger())))
        .forceNonParallel();
  }

  private static SingleOutputStreamOperator<RawRecord> readEvents(
      StreamExecutionEnvironment env, Source<RawRecord, ?, ?> events, CanonicalReading reading) {
    return step(
        MetricsSteps.READ_EVENTS,
        env.fromSource(events, reading.byEventTime(), "", MessageTypes.RAW_RECORD));
  }

  private static void write(DataStream<ViewRow> rows, DataStream<ViewRow> sessions, Sinks sinks) {
    step(MetricsSteps.WRITE_VIEWS, rows.union(sessions).sinkTo(sinks.views()));
    if (sinks.values().isPresent()) {
      step(MetricsSteps.WRITE_VALUES, rows.sinkTo(sinks.values().get()));
    }
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
}
