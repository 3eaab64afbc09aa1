package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.flow.FlushingOperator;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up what changed in the sums of each phase of an experiment. The scorecard and the numbers of
 * health are published every so often, open minutes included; decisions are made on each minute of
 * event time when it closes, and published when they change.
 *
 * <p>Key: the phase. State: {@link ScoringState}. Late data: what comes for a closed minute changes
 * the scorecard, and decisions from the next minute on, never one that was made. Minutes wait for
 * the first definition of their phase.
 */
public final class ScoreExperiments extends FlushingOperator<ExperimentRow>
    implements TwoInputStreamOperator<PhaseDelta, ExperimentDefinition, ExperimentRow>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;
  private static final long MINUTE_MILLIS = 60_000;

  private final Duration lateness;

  private transient ValueState<PhaseBook> books;
  private transient MapState<Integer, ExperimentDefinition> definitions;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Set<String> changed;

  /**
   * An operator.
   *
   * @param lateness how long after the stop of an experiment events may change its scorecard
   * @param emit how often scorecards are published, in processing time
   */
  public ScoreExperiments(Duration lateness, Duration emit) {
    super(emit);
    this.lateness = lateness;
  }

  @Override
  public void open() throws Exception {
    books = getRuntimeContext().getState(ScoringState.book());
    definitions = getRuntimeContext().getMapState(ScoringState.definitions());
    timers = getInternalTimerService("minutes", VoidNamespaceSerializer.INSTANCE, this);
    changed = new LinkedHashSet<>();
    super.open();
  }

  @Override
  public void processElement1(StreamRecord<PhaseDelta> element) throws Exception {
    PhaseDelta delta = element.getValue();
    PhaseBook book = books.value();
    if (book == null) {
      book = new PhaseBook(delta.shape());
    }
    close(book, timers.currentWatermark());
    book.add(delta);
    for (long minute : delta.minutes().keySet()) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end(minute) - 1);
    }
    books.update(book);
    changed.add((String) getCurrentKey());
  }

  @Override
  public void processElement2(StreamRecord<ExperimentDefinition> element) throws Exception {
    ExperimentDefinition definition = element.getValue();
    definitions.put(definition.version(), definition);
    if (definition.stop() != ExperimentDefinition.NEVER) {
      timers.registerEventTimeTimer(
          VoidNamespace.INSTANCE, definition.stop() + lateness.toMillis());
    }
    PhaseBook book = books.value();
    if (book != null) {
      close(book, timers.currentWatermark());
      books.update(book);
      changed.add((String) getCurrentKey());
    }
  }

  private static long end(long minute) {
    return (minute + 1) * MINUTE_MILLIS;
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    PhaseBook book = books.value();
    if (book != null) {
      close(book, timer.getTimestamp());
      books.update(book);
      changed.add(timer.getKey());
    }
    if (isOver(timer.getTimestamp())) {
      publish();
      changed.remove(timer.getKey());
      books.clear();
      definitions.clear();
    }
  }

  private boolean isOver(long time) throws Exception {
    ExperimentDefinition newest = newest(Long.MAX_VALUE);
    return newest != null
        && newest.stop() != ExperimentDefinition.NEVER
        && newest.stop() + lateness.toMillis() <= time;
  }

  /** Closes the minutes that are over, one after the other. */
  private void close(PhaseBook book, long watermark) throws Exception {
    if (watermark == Long.MIN_VALUE || definitions.isEmpty()) {
      return;
    }
    long last = Math.floorDiv(watermark, MINUTE_MILLIS) - (isEnd(watermark) ? 0 : 1);
    while (book.closeNext(last)) {
      decide(book);
    }
  }

  /** Whether no event of its minute can come after that watermark. */
  private static boolean isEnd(long watermark) {
    return Math.floorMod(watermark, MINUTE_MILLIS) == MINUTE_MILLIS - 1;
  }

  private void decide(PhaseBook book) throws Exception {
    long time = end(book.closedMinute());
    PhaseScores scores = new PhaseScores(newest(time - 1), book.closed());
    book.sampleRatio(scores.sequentialSampleRatio(book.sampleRatio()));
    Duration elapsed = Duration.ofMillis(time - book.firstMinute() * MINUTE_MILLIS);
    Decision decision = new DecisionRule(scores).decide(book.sampleRatio(), elapsed);
    String said = decision.said();
    if (!said.equals(book.lastDecision())) {
      book.lastDecision(said);
      String evidence = Evidence.of(scores, book.sampleRatio());
      output.collect(
          new StreamRecord<>(
              new ExperimentRow.Decided(
                  book.shape().experiment(),
                  book.shape().phase(),
                  time,
                  decision,
                  evidence,
                  null)));
    }
  }

  private ExperimentDefinition newest(long time) throws Exception {
    return PhaseVersions.actingAt(time, definitions.values());
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
    throw new IllegalStateException("no such timer is ever set: " + timer);
  }

  @Override
  protected void flush() throws Exception {
    for (String key : changed) {
      setCurrentKey(key);
      publish();
    }
    changed.clear();
  }

  private void publish() throws Exception {
    PhaseBook book = books.value();
    ExperimentDefinition definition = newest(Long.MAX_VALUE);
    if (book != null && definition != null) {
      PhaseRows.of(book, definition, row -> output.collect(new StreamRecord<>(row)));
    }
  }
}
