package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;

/** The operators of the metrics job one behind the other, and a table that they write to. */
final class OperatorChain implements AutoCloseable {
  private final OperatorHarness<RawRecord, Contribution> select;
  private final OperatorHarness<SubjectHits, Contribution> track;
  private final OperatorHarness<Contribution, Contribution> gather;
  private final OperatorHarness<Contribution, ViewRow> aggregate;
  private final Map<Object, ViewRow> rows = new HashMap<>();
  private long clock;
  private long barriers;

  OperatorChain(MetricsConfig config) throws Exception {
    select =
        OperatorHarness.ofOperator(
                () -> new SelectEvents(TestEvents::catalog, config),
                MessageTypes.RAW_RECORD,
                MetricsTypes.CONTRIBUTION)
            .open();
    track =
        OperatorHarness.keyedOperator(
                () -> new TrackSubjects(config),
                SubjectHits::subject,
                Types.STRING,
                MetricsTypes.CONTRIBUTION)
            .open();
    gather =
        OperatorHarness.ofOperator(
                () -> new PreAggregate(Duration.ofSeconds(1)),
                MetricsTypes.CONTRIBUTION,
                MetricsTypes.CONTRIBUTION)
            .open();
    aggregate =
        OperatorHarness.keyedOperator(
                () -> new AggregateViews(config),
                contribution -> GroupKey.of(contribution.group()),
                Types.STRING,
                MetricsTypes.VIEW_ROW)
            .open();
  }

  void process(RawRecord event) throws Exception {
    select.process(event);
  }

  /** Lets a watermark pass, behind all that was gathered. */
  void watermark(long watermark) throws Exception {
    clock += 10_000;
    for (OperatorHarness<?, ?> operator : all()) {
      operator.watermark(watermark).clock(clock);
      pass();
    }
  }

  /** Lets a checkpoint's barrier pass. */
  void barrier() throws Exception {
    barriers++;
    for (OperatorHarness<?, ?> operator : all()) {
      operator.flink().prepareSnapshotPreBarrier(barriers);
      pass();
    }
  }

  /** Ends the stream; nothing is left, and nothing was lost on the way. */
  void end() throws Exception {
    for (OperatorHarness<?, ?> operator : all()) {
      operator.end();
      pass();
    }
    track.assertNothingLeft();
    aggregate.assertNothingLeft();
    long lost =
        select.counter("events_late")
            + select.drain(SelectEvents.UNREADABLE).size()
            + track.counter("hits_dropped");
    if (lost > 0) {
      throw new AssertionError(lost + " events were lost or late");
    }
  }

  private List<OperatorHarness<?, ?>> all() {
    return List.of(select, track, gather, aggregate);
  }

  private void pass() throws Exception {
    track.process(select.drain(SelectEvents.HITS).toArray(SubjectHits[]::new));
    aggregate.process(select.drain().toArray(Contribution[]::new));
    track.drain(TrackSubjects.sessionRows()).forEach(this::write);
    gather.process(track.drain().toArray(Contribution[]::new));
    aggregate.process(gather.drain().toArray(Contribution[]::new));
    aggregate.drain().forEach(this::write);
  }

  private void write(ViewRow row) {
    rows.merge(key(row), row, (old, next) -> next.version() >= old.version() ? next : old);
  }

  private static Object key(ViewRow row) {
    if (row instanceof ViewRow.MetricValue value) {
      return List.of(value.metric(), value.dimensions(), value.windowStart(), value.windowEnd());
    } else if (row instanceof ViewRow.SessionRow session) {
      return List.of(session.subject(), session.sessionStart());
    } else if (row instanceof ViewRow.FunnelRow funnel) {
      return List.of(funnel.funnel(), funnel.windowStart(), funnel.step());
    }
    ViewRow.RetentionRow retention = (ViewRow.RetentionRow) row;
    return List.of(retention.name(), retention.cohortStart(), retention.period());
  }

  /** What stands in the table. */
  Collection<ViewRow> rows() {
    return rows.values();
  }

  @Override
  public void close() throws Exception {
    for (OperatorHarness<?, ?> operator : all()) {
      operator.close();
    }
  }
}
