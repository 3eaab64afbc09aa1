package dev.thalweg.operators.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Runs one operator with one input in the test's own thread, as Flink's harness does, with object
 * reuse on and generic types off. Begin with {@link #of} or {@link #keyed}; what they return opens
 * as many harnesses of the same operator as a test needs: fresh, restored, rescaled.
 *
 * @param <I> what goes in
 * @param <O> what comes out
 */
public final class OperatorHarness<I, O> implements AutoCloseable {
  private static final int MAX_PARALLELISM = 720;
  private static final int MAX_SNAPSHOT_BYTES = 1 << 30;
  private static final long MANAGED_MEMORY = 64L << 20;

  private final OneInputStreamOperatorTestHarness<I, O> flink;
  private final MockEnvironment environment;
  private final MetricProbe metrics;
  private long checkpoint;

  private OperatorHarness(
      OneInputStreamOperatorTestHarness<I, O> flink,
      MockEnvironment environment,
      MetricProbe metrics) {
    this.flink = flink;
    this.environment = environment;
    this.metrics = metrics;
  }

  /** Plans harnesses of a function without key. */
  public static <I, O> Plan<I, O> of(
      Supplier<? extends ProcessFunction<I, O>> function,
      TypeInformation<I> in,
      TypeInformation<O> out) {
    return ofOperator(() -> new ProcessOperator<>(function.get()), in, out);
  }

  /** Plans harnesses of an operator without key. */
  public static <I, O> Plan<I, O> ofOperator(
      Supplier<? extends OneInputStreamOperator<I, O>> operator,
      TypeInformation<I> in,
      TypeInformation<O> out) {
    return new Plan<>(
        (environment) ->
            new OneInputStreamOperatorTestHarness<>(
                operator.get(),
                in.createSerializer(environment.getExecutionConfig().getSerializerConfig()),
                environment),
        out);
  }

  /** Plans harnesses of a function with key. */
  public static <K, I, O> Plan<I, O> keyed(
      Supplier<? extends KeyedProcessFunction<K, I, O>> function,
      KeySelector<I, K> key,
      TypeInformation<K> keyType,
      TypeInformation<O> out) {
    return keyedOperator(() -> new KeyedProcessOperator<>(function.get()), key, keyType, out);
  }

  /** Plans harnesses of an operator with key. */
  public static <K, I, O> Plan<I, O> keyedOperator(
      Supplier<? extends OneInputStreamOperator<I, O>> operator,
      KeySelector<I, K> key,
      TypeInformation<K> keyType,
      TypeInformation<O> out) {
    return new Plan<>(
        environment ->
            new KeyedOneInputStreamOperatorTestHarness<>(operator.get(), key, keyType, environment),
        out);
  }

  /** Processes elements; their timestamps are not set. */
  @SafeVarargs
  public final OperatorHarness<I, O> process(I... elements) throws Exception {
    for (I element : elements) {
      flink.processElement(new StreamRecord<>(element));
    }
    return this;
  }

  /** Advances the watermark. */
  public OperatorHarness<I, O> watermark(long watermark) throws Exception {
    flink.processWatermark(watermark);
    return this;
  }

  /** Lets the clock stand at that moment; what was to be done by then is done. */
  public OperatorHarness<I, O> clock(long millis) throws Exception {
    flink.setProcessingTime(millis);
    return this;
  }

  /** Ends the input as a bounded job does: the last watermark, then the end. */
  public OperatorHarness<I, O> end() throws Exception {
    flink.processWatermark(Watermark.MAX_WATERMARK);
    flink.getOperator().finish();
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
    flink.prepareSnapshotPreBarrier(checkpoint);
    return flink.snapshot(checkpoint, checkpoint);
  }

  /** The id of the last checkpoint taken. */
  public long lastCheckpoint() {
    return checkpoint;
  }

  /** Says that a checkpoint completed. */
  public void completed(long checkpointId) throws Exception {
    flink.notifyOfCompletedCheckpoint(checkpointId);
  }

  /** Says that a checkpoint was given up. */
  public void aborted(long checkpointId) throws Exception {
    flink.getOperator().notifyCheckpointAborted(checkpointId);
  }

  /**
   * Entries of keyed state over all keys (of a map, each of its entries; in RocksDB, timers too).
   */
  public int stateEntries() throws Exception {
    Object backend = flink.getOperator().getKeyedStateBackend();
    if (backend instanceof RocksDBKeyedStateBackend<?> rocks) {
      flushTimers(rocks);
    }
    return backend == null ? 0 : ((TestableKeyedStateBackend<?>) backend).numKeyValueStateEntries();
  }

  /** RocksDB batches what happens to timers until a snapshot begins; this one is thrown away. */
  private static void flushTimers(RocksDBKeyedStateBackend<?> backend) throws Exception {
    backend
        .snapshot(
            Long.MAX_VALUE,
            0,
            new MemCheckpointStreamFactory(MAX_SNAPSHOT_BYTES),
            CheckpointOptions.forCheckpointWithDefaultLocation())
        .cancel(true);
  }

  /** Timers not yet fired, of both kinds of time. */
  public int timers() {
    return flink.numEventTimeTimers() + flink.numProcessingTimeTimers();
  }

  /** Fails unless keyed state and timers are all gone. */
  public void assertNothingLeft() throws Exception {
    int entries = stateEntries();
    if (entries != 0 || timers() != 0) {
      throw new AssertionError(entries + " state entries and " + timers() + " timers left");
    }
  }

  /** The sum of all counters of that name. */
  public long counter(String name) {
    return metrics.counter(name);
  }

  /** The sum of the counters of that name in the metric groups {@code key=value}. */
  public long counter(String name, String key, String value) {
    return metrics.counter(name, key, value);
  }

  /** What the gauge of that name shows. */
  public Object gauge(String name) {
    return metrics.gauge(name);
  }

  /** Flink's harness, for what has no method here. */
  public OneInputStreamOperatorTestHarness<I, O> flink() {
    return flink;
  }

  @Override
  public void close() throws Exception {
    try (environment) {
      flink.close();
    }
  }

  private interface Builder<I, O> {
    OneInputStreamOperatorTestHarness<I, O> build(MockEnvironment environment) throws Exception;
  }

  /**
   * Opens harnesses of one operator.
   *
   * @param <I> what goes in
   * @param <O> what comes out
   */
  public static final class Plan<I, O> {
    private final Builder<I, O> builder;
    private final TypeInformation<O> out;
    private Backend backend = Backend.HEAP;

    private Plan(Builder<I, O> builder, TypeInformation<O> out) {
      this.builder = builder;
      this.out = out;
    }

    /** Keeps state there; on the heap if not called. */
    public Plan<I, O> on(Backend where) {
      backend = where;
      return this;
    }

    /** Opens a harness without state. */
    public OperatorHarness<I, O> open() throws Exception {
      return open(1, 0, null);
    }

    /** Opens a harness with the state of a snapshot. */
    public OperatorHarness<I, O> restore(OperatorSubtaskState snapshot) throws Exception {
      return open(1, 0, snapshot);
    }

    /**
     * Opens one harness for each of {@code parallelism} subtasks; the snapshots of all earlier
     * subtasks are spread over them by key group. Send each element where {@link #subtask} says.
     */
    public List<OperatorHarness<I, O>> rescale(int parallelism, OperatorSubtaskState... earlier)
        throws Exception {
      OperatorSubtaskState merged = AbstractStreamOperatorTestHarness.repackageState(earlier);
      List<OperatorHarness<I, O>> subtasks = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        OperatorSubtaskState part =
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                merged, MAX_PARALLELISM, earlier.length, parallelism, i);
        subtasks.add(open(parallelism, i, part));
      }
      return subtasks;
    }

    private OperatorHarness<I, O> open(int parallelism, int subtask, OperatorSubtaskState state)
        throws Exception {
      MetricProbe metrics = new MetricProbe();
      MockEnvironment environment =
          new MockEnvironmentBuilder()
              .setTaskName("harness")
              .setManagedMemorySize(MANAGED_MEMORY)
              .setExecutionConfig(executionConfig())
              .setMaxParallelism(MAX_PARALLELISM)
              .setParallelism(parallelism)
              .setSubtaskIndex(subtask)
              .setMetricGroup(metrics.taskGroup())
              .build();
      OneInputStreamOperatorTestHarness<I, O> flink = builder.build(environment);
      flink.setStateBackend(backend.create());
      flink.setCheckpointStorage(new JobManagerCheckpointStorage(MAX_SNAPSHOT_BYTES));
      flink.setup(out.createSerializer(environment.getExecutionConfig().getSerializerConfig()));
      if (state == null) {
        flink.initializeEmptyState();
      } else {
        flink.initializeState(state);
      }
      flink.open();
      return new OperatorHarness<>(flink, environment, metrics);
    }

    private static ExecutionConfig executionConfig() {
      Configuration settings = new Configuration();
      settings.set(PipelineOptions.OBJECT_REUSE, true);
      settings.set(PipelineOptions.GENERIC_TYPES, false);
      return new ExecutionConfig(settings);
    }
  }

  /** The subtask among {@code parallelism} that gets a key. */
  public static int subtask(Object key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
  }
}
