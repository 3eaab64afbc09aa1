package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.ViewTable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;

/** The operators of the metrics job one behind the other, and a table that they write to. */
final class OperatorChain implements AutoCloseable {
  private final OperatorHarness<RawRecord, Contribution> select;
  private final OperatorHarness<SubjectHits, Contribution> track;
  private final OperatorHarness<Contribution, Contribution> gather;
  private final OperatorHarness<Contribution, ViewRow> aggregate;
  private final ViewTable table = new ViewTable();
  private long clock;
  private long barriers;

  OperatorChain(MetricsConfig config) throws Exception {
    select =
        OperatorHarness.ofOperator(
                () -> new SelectEvents(TestEvents::catalog, null, config),
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
            + select.drain(SelectEvents.REFUSED).size()
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
    track.drain(TrackSubjects.sessionRows()).forEach(table::write);
    gather.process(track.drain().toArray(Contribution[]::new));
    aggregate.process(gather.drain().toArray(Contribution[]::new));
    aggregate.drain().forEach(table::write);
  }

  /** What stands in the table. */
  Collection<ViewRow> rows() {
    return table.rows().values();
  }

  @Override
  public void close() throws Exception {
    for (OperatorHarness<?, ?> operator : all()) {
      operator.close();
    }
  }
}
