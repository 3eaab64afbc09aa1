package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.flow.FlushingOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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
 * event time when it closes, and published when they change. The document of a phase is published
 * with its rows until a later phase is known, so that the topic keeps that of the newest.
 *
 * <p>Key: the phase; it is told of its own versions and of those that end it. State: {@link
 * ScoringState}. Late data: what comes for a closed minute changes the scorecard, and decisions
 * from the next minute on, never one that was made. Minutes wait for the first definition of their
 * phase.
 */
public final class ScoreExperiments extends FlushingOperator<ExperimentRow>
    implements TwoInputStreamOperator<PhaseDelta, PhaseVersion, ExperimentRow>,
        Triggerable<String, VoidNamespace> {
  private static final long serialVersionUID = 1L;
  private static final long MINUTE_MILLIS = 60_000;

  private final Duration lateness;

  private transient ValueState<PhaseBook> books;
  private transient MapState<Integer, ExperimentDefinition> definitions;
  private transient ValueState<Long> nextPhase;
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
    nextPhase = getRuntimeContext().getState(ScoringState.nextPhase());
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
    if (definitions.isEmpty()) {
      forgetUnlessDefined(book);
    }
    books.update(book);
    changed.add((String) getCurrentKey());
  }

  /** What comes for a phase that is gone already, as dead letters may, does not stay. */
  private void forgetUnlessDefined(PhaseBook book) {
    long now = Math.max(timers.currentWatermark(), book.countedUntil());
    long from = now == Long.MIN_VALUE ? book.latestArrival() : now;
    long latest = Long.MAX_VALUE - lateness.toMillis();
    timers.registerEventTimeTimer(
        VoidNamespace.INSTANCE, Math.min(from, latest) + lateness.toMillis());
  }

  @Override
  public void processElement2(StreamRecord<PhaseVersion> element) throws Exception {
    ExperimentDefinition definition = element.getValue().definition();
    if (element.getValue().endsPhase()) {
      endWith(definition.effectiveFrom());
      return;
    }
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

  /** A later phase acts from then on. */
  private void endWith(long effectiveFrom) throws Exception {
    Long known = nextPhase.value();
    if (known == null || effectiveFrom < known) {
      nextPhase.update(effectiveFrom);
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, effectiveFrom + lateness.toMillis());
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
    if (isOver(timer.getTimestamp()) || isForgotten(book, timer.getTimestamp())) {
      publish();
      changed.remove(timer.getKey());
      books.clear();
      definitions.clear();
      nextPhase.clear();
    }
  }

  private boolean isOver(long time) throws Exception {
    ExperimentDefinition newest = newest(Long.MAX_VALUE);
    long stop = newest == null ? ExperimentDefinition.NEVER : newest.stop();
    Long next = nextPhase.value();
    long end = next == null ? stop : Math.min(stop, next);
    return end != ExperimentDefinition.NEVER && end + lateness.toMillis() <= time;
  }

  /** Whether nobody defined the phase for so long after all that was counted. */
  private boolean isForgotten(PhaseBook book, long time) throws Exception {
    return book != null
        && definitions.isEmpty()
        && book.countedUntil() <= time - lateness.toMillis();
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
    ExperimentDefinition acting = acting(book);
    boolean isNewest =
        nextPhase.value() == null && acting.version() == newest(Long.MAX_VALUE).version();
    ClosedMinute.decide(book, acting, isNewest)
        .ifPresent(decided -> output.collect(new StreamRecord<>(decided)));
  }

  /** The version that decides on the last closed minute; the first before there is one. */
  private ExperimentDefinition acting(PhaseBook book) throws Exception {
    long minute = book.closedMinute();
    return newest(minute == Long.MIN_VALUE ? minute : end(minute) - 1);
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
    if (book != null && !definitions.isEmpty()) {
      List<ExperimentRow> rows = new ArrayList<>();
      PhaseRows.of(book, acting(book), rows::add);
      if (nextPhase.value() == null) {
        rows.add(ScorecardDocument.of(rows));
      }
      rows.forEach(row -> output.collect(new StreamRecord<>(row)));
    }
  }
}
