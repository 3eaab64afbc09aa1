package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;

/** The operators of metrics one behind the other, as in the job; one subtask of each. */
final class MetricsPipeline implements AutoCloseable {
  private final long emit;
  private final OperatorHarness<RawRecord, Contribution> select;
  private final OperatorHarness<SubjectHits, Contribution> track;
  private final OperatorHarness<Contribution, ViewRow> aggregate;
  private final List<ViewRow> rows = new ArrayList<>();
  private long clock;

  MetricsPipeline(MetricsConfig config, Backend backend) throws Exception {
    emit = config.emit().toMillis();
    select =
        OperatorHarness.ofOperator(
                () -> new SelectEvents(ContractCatalog::fromClassPath, null, config),
                MessageTypes.RAW_RECORD,
                MetricsTypes.CONTRIBUTION)
            .open();
    track =
        OperatorHarness.keyedOperator(
                () -> new TrackSubjects(config),
                SubjectHits::subject,
                Types.STRING,
                MetricsTypes.CONTRIBUTION)
            .on(backend)
            .open();
    aggregate =
        OperatorHarness.keyedOperator(
                () -> new AggregateViews(config),
                contribution -> GroupKey.of(contribution.group()),
                Types.STRING,
                MetricsTypes.VIEW_ROW)
            .on(backend)
            .open();
  }

  void process(RawRecord... events) throws Exception {
    select.process(events);
    track.process(select.drain(SelectEvents.HITS).toArray(SubjectHits[]::new));
  }

  /** Lets a watermark through, and all that goes ahead of it. */
  void watermark(long watermark) throws Exception {
    select.watermark(watermark);
    track.watermark(watermark);
    aggregate.watermark(watermark);
    publish();
  }

  /** Lets the time pass after which all publish. */
  void publish() throws Exception {
    clock += emit;
    select.clock(clock);
    track.clock(clock);
    aggregate.process(select.drain().toArray(Contribution[]::new));
    aggregate.process(track.drain().toArray(Contribution[]::new));
    aggregate.clock(clock);
    collect();
  }

  private void collect() {
    rows.addAll(aggregate.drain());
    rows.addAll(track.drain(TrackSubjects.sessionRows()));
  }

  /** The rows published since the last call. */
  List<ViewRow> rows() {
    List<ViewRow> published = List.copyOf(rows);
    rows.clear();
    return published;
  }

  OperatorHarness<RawRecord, Contribution> select() {
    return select;
  }

  OperatorHarness<SubjectHits, Contribution> track() {
    return track;
  }

  OperatorHarness<Contribution, ViewRow> aggregate() {
    return aggregate;
  }

  @Override
  public void close() throws Exception {
    select.close();
    track.close();
    aggregate.close();
  }
}
