package dev.thalweg.operators.experiments.definition;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.flow.FlushingOperator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * An operator that reads records (its first input) beside the definitions of all experiments (its
 * second, broadcast). Records wait until the definitions that were there at the start have been
 * read: until their input falls idle or gives a watermark, for which {@code AwaitReferenceData}
 * stands in front of it. After a restore they wait again.
 *
 * <p>State: {@link DefinitionsState}; versions stay, but those that ended longer than the lateness
 * before the watermark are no longer used; records that wait go once definitions were read. Where
 * subtasks become more or fewer, each has all definitions, and records that wait are spread over
 * them, in order within each.
 *
 * @param <T> what it sends
 */
public abstract class ExperimentsOperator<T> extends FlushingOperator<T>
    implements TwoInputStreamOperator<RawRecord, ExperimentDefinition, T> {
  private static final long serialVersionUID = 1L;
  private static final int DEFINITIONS_INPUT = 1;

  private final long lateness;

  private transient BroadcastState<String, ExperimentDefinition> definitions;
  private transient ListState<RawRecord> waiting;
  private transient boolean isOpen;
  private transient boolean isStale;
  private transient long firstEnd;

  /**
   * An operator that sends on what it gathered after that time.
   *
   * @param interval in processing time
   */
  protected ExperimentsOperator(Duration interval) {
    this(interval, null);
  }

  /**
   * An operator that sends on what it gathered after that time.
   *
   * @param interval in processing time
   * @param lateness how long before the watermark a version must have ended, in event time, to be
   *     used no longer; null to use every version for ever
   */
  protected ExperimentsOperator(Duration interval, Duration lateness) {
    super(interval);
    this.lateness = lateness == null ? ExperimentDefinition.NEVER : lateness.toMillis();
  }

  /**
   * Uses these definitions from now on. Called before the first record, and before the next one
   * when there are more of them, however many came between two records, or when some have ended.
   *
   * @param all every version of every experiment that is in use, by experiment and version; a copy
   */
  protected abstract void use(List<ExperimentDefinition> all) throws Exception;

  /** Does what is to be done with a record; definitions have been read by then. */
  protected abstract void process(RawRecord record) throws Exception;

  /**
   * Counts records that wait. Whoever keeps the ledger of its input must count these as waiting.
   *
   * @param change 1 when the record begins to wait, -1 just before it is processed after all
   */
  protected void countWaiting(RawRecord record, int change) {
    // Most do not keep the ledger of their input.
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    definitions = context.getOperatorStateStore().getBroadcastState(DefinitionsState.definitions());
    waiting = context.getOperatorStateStore().getListState(DefinitionsState.waitingRecords());
    isStale = true;
  }

  @Override
  public final void processElement1(StreamRecord<RawRecord> element) throws Exception {
    if (isOpen) {
      useAndProcess(element.getValue());
    } else {
      waiting.add(element.getValue());
      countWaiting(element.getValue(), 1);
    }
  }

  private void useAndProcess(RawRecord record) throws Exception {
    if (isStale || horizon() > firstEnd) {
      isStale = false;
      VersionsInUse inUse = VersionsInUse.at(horizon(), all());
      firstEnd = inUse.firstEnd();
      use(inUse.versions());
    }
    process(record);
  }

  /** No event before that time counts any more. */
  private long horizon() {
    return reached() < Long.MIN_VALUE + lateness ? Long.MIN_VALUE : reached() - lateness;
  }

  private List<ExperimentDefinition> all() throws Exception {
    List<ExperimentDefinition> all = new ArrayList<>();
    for (Map.Entry<String, ExperimentDefinition> each : definitions.immutableEntries()) {
      all.add(each.getValue());
    }
    all.sort(
        Comparator.comparing(ExperimentDefinition::experiment)
            .thenComparingInt(ExperimentDefinition::version));
    return all;
  }

  /** A version that is known stays as it is. */
  @Override
  public final void processElement2(StreamRecord<ExperimentDefinition> element) throws Exception {
    ExperimentDefinition definition = element.getValue();
    if (!definitions.contains(definition.key())) {
      definitions.put(definition.key(), definition);
      isStale = true;
    }
  }

  @Override
  protected final void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
    if (input == DEFINITIONS_INPUT && status.isIdle()) {
      processWaiting();
    }
    super.processWatermarkStatus(status, input);
  }

  @Override
  public final void processWatermark2(Watermark mark) throws Exception {
    processWaiting();
    super.processWatermark2(mark);
  }

  private void processWaiting() throws Exception {
    if (isOpen) {
      return;
    }
    isOpen = true;
    for (RawRecord record : waiting.get()) {
      countWaiting(record, -1);
      useAndProcess(record);
    }
    waiting.clear();
  }

  /** Both inputs have ended, so the definitions have been read. */
  @Override
  public void finish() throws Exception {
    processWaiting();
    super.finish();
  }
}
