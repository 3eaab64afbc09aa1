package dev.thalweg.operators.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Runs one operator without key that has two inputs in the test's own thread, as {@link
 * OperatorHarness} does for those with one.
 *
 * @param <I> what goes in first
 * @param <J> what goes in second
 * @param <O> what comes out
 */
public final class TwoInputHarness<I, J, O> implements AutoCloseable {
  private static final int MAX_PARALLELISM = 720;

  private final TwoInputStreamOperator<I, J, O> operator;
  private final AbstractStreamOperatorTestHarness<O> flink;
  private final MockEnvironment environment;
  private final MetricProbe metrics;
  private long checkpoint;

  private TwoInputHarness(
      TwoInputStreamOperator<I, J, O> operator,
      AbstractStreamOperatorTestHarness<O> flink,
      MockEnvironment environment,
      MetricProbe metrics) {
    this.operator = operator;
    this.flink = flink;
    this.environment = environment;
    this.metrics = metrics;
  }

  /** Processes elements of the first input. */
  @SafeVarargs
  public final TwoInputHarness<I, J, O> first(I... elements) throws Exception {
    for (I element : elements) {
      operator.processElement1(new StreamRecord<>(element));
    }
    return this;
  }

  /** Processes elements of the second input. */
  @SafeVarargs
  public final TwoInputHarness<I, J, O> second(J... elements) throws Exception {
    for (J element : elements) {
      operator.processElement2(new StreamRecord<>(element));
    }
    return this;
  }

  /** Advances the watermark of the first input. */
  public TwoInputHarness<I, J, O> watermark(long watermark) throws Exception {
    operator.processWatermark1(new Watermark(watermark));
    return this;
  }

  /** Advances the watermark of the second input. */
  public TwoInputHarness<I, J, O> secondWatermark(long watermark) throws Exception {
    operator.processWatermark2(new Watermark(watermark));
    return this;
  }

  /** Lets the first input fall idle. */
  public TwoInputHarness<I, J, O> firstIdle() throws Exception {
    operator.processWatermarkStatus1(WatermarkStatus.IDLE);
    return this;
  }

  /** Lets the second input fall idle. */
  public TwoInputHarness<I, J, O> secondIdle() throws Exception {
    operator.processWatermarkStatus2(WatermarkStatus.IDLE);
    return this;
  }

  /** Lets the clock stand at that moment; what was to be done by then is done. */
  public TwoInputHarness<I, J, O> clock(long millis) throws Exception {
    flink.setProcessingTime(millis);
    return this;
  }

  /** Ends both inputs. */
  public TwoInputHarness<I, J, O> end() throws Exception {
    operator.finish();
    return this;
  }

  /** Everything that came out since the last call: values, watermarks, statuses. */
  public List<Object> drainAll() {
    List<Object> all = new ArrayList<>();
    for (Object out = flink.getOutput().poll(); out != null; out = flink.getOutput().poll()) {
      all.add(out instanceof StreamRecord<?> record ? record.getValue() : out);
    }
    return all;
  }

  /** The values that came out since the last call. */
  @SuppressWarnings("unchecked")
  public List<O> drain() {
    List<O> values = new ArrayList<>();
    for (Object out : drainAll()) {
      if (!(out instanceof Watermark) && !(out instanceof WatermarkStatus)) {
        values.add((O) out);
      }
    }
    return values;
  }

  /** The values that came out at a side since the last call. */
  public <X> List<X> drain(OutputTag<X> side) {
    List<X> values = new ArrayList<>();
    var queue = flink.getSideOutput(side);
    for (var out = queue == null ? null : queue.poll(); out != null; out = queue.poll()) {
      values.add(out.getValue());
    }
    return values;
  }

  /** Takes a checkpoint as a task does: what the operator sends ahead of the barrier comes out. */
  public OperatorSubtaskState snapshot() throws Exception {
    checkpoint++;
    operator.prepareSnapshotPreBarrier(checkpoint);
    return flink.snapshot(checkpoint, checkpoint);
  }

  /** How many elements a list of the operator's state holds, by the name of its descriptor. */
  public int listed(ListStateDescriptor<?> descriptor) throws Exception {
    int count = 0;
    var backend = ((AbstractStreamOperator<O>) operator).getOperatorStateBackend();
    for (Object ignored : backend.getListState(descriptor).get()) {
      count++;
    }
    return count;
  }

  /** The sum of all counters of that name. */
  public long counter(String name) {
    return metrics.counter(name);
  }

  /** The sum of the counters of that name in the metric groups {@code key=value}. */
  public long counter(String name, String key, String value) {
    return metrics.counter(name, key, value);
  }

  @Override
  public void close() throws Exception {
    try (environment) {
      flink.close();
    }
  }

  /** Plans harnesses of an operator. */
  public static <I, J, O> Plan<I, J, O> of(
      Supplier<? extends TwoInputStreamOperator<I, J, O>> operator, TypeInformation<O> out) {
    return new Plan<>(operator, out);
  }

  /**
   * Opens harnesses of one operator.
   *
   * @param <I> what goes in first
   * @param <J> what goes in second
   * @param <O> what comes out
   */
  public static final class Plan<I, J, O> {
    private final Supplier<? extends TwoInputStreamOperator<I, J, O>> factory;
    private final TypeInformation<O> out;

    private Plan(
        Supplier<? extends TwoInputStreamOperator<I, J, O>> factory, TypeInformation<O> out) {
      this.factory = factory;
      this.out = out;
    }

    /** Opens a harness without state. */
    public TwoInputHarness<I, J, O> open() throws Exception {
      return open(1, 0, null);
    }

    /** Opens a harness with the state of a snapshot. */
    public TwoInputHarness<I, J, O> restore(OperatorSubtaskState snapshot) throws Exception {
      return open(1, 0, snapshot);
    }

    /**
     * Opens one harness for each of {@code parallelism} subtasks with the state of earlier ones.
     */
    public List<TwoInputHarness<I, J, O>> rescale(int parallelism, OperatorSubtaskState... earlier)
        throws Exception {
      OperatorSubtaskState merged = AbstractStreamOperatorTestHarness.repackageState(earlier);
      List<TwoInputHarness<I, J, O>> subtasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                merged, MAX_PARALLELISM, earlier.length, parallelism, i);
        subtasks.add(open(parallelism, i, part));
      }
      return subtasks;
    }

    private TwoInputHarness<I, J, O> open(int parallelism, int subtask, OperatorSubtaskState state)
        throws Exception {
      MetricProbe metrics = new MetricProbe();
      MockEnvironment environment =
          new MockEnvironmentBuilder()
              .setTaskName("harness")
              .setExecutionConfig(executionConfig())
              .setMaxParallelism(MAX_PARALLELISM)
              .setParallelism(parallelism)
              .setSubtaskIndex(subtask)
              .setMetricGroup(metrics.taskGroup())
              .build();
      TwoInputStreamOperator<I, J, O> operator = factory.get();
      var flink = new AbstractStreamOperatorTestHarness<O>(operator, environment);
      flink.setup(out.createSerializer(environment.getExecutionConfig().getSerializerConfig()));
      if (state == null) {
        flink.initializeEmptyState();
      } else {
        flink.initializeState(state);
      }
      flink.open();
      return new TwoInputHarness<>(operator, flink, environment, metrics);
    }

    private static ExecutionConfig executionConfig() {
      Configuration settings = new Configuration();
      settings.set(PipelineOptions.OBJECT_REUSE, true);
      settings.set(PipelineOptions.GENERIC_TYPES, false);
      return new ExecutionConfig(settings);
    }
  }
}
