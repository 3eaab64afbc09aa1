package dev.thalweg.jobs.testkit;

import dev.thalweg.operators.testkit.FlinkCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.awaitility.Awaitility;

/** A job on the test cluster, which a test starts, stops with savepoints, and starts again. */
public final class TrialJob {
  /** How long anything may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than any test: time is held back by what is to be read, never by a slow machine. */
  public static final Duration NEVER = Duration.ofHours(1);

  private static final Duration OFTEN = Duration.ofMillis(10);

  private final FlinkCluster flink;
  private final Configuration settings = new Configuration();
  private JobClient job;

  /** A job on that cluster, which begins anew after a failure. */
  public TrialJob(FlinkCluster flink) {
    this.flink = flink;
    settings.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(5));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, OFTEN);
  }

  /** Takes checkpoints when the test asks for them, and keeps them there. */
  public void keepCheckpointsIn(Path directory) {
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER);
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri() + "");
  }

  /** Starts it, from the last savepoint if there is one. */
  public void start(int parallelism, Consumer<StreamExecutionEnvironment> definition)
      throws Exception {
    StreamExecutionEnvironment env = flink.env(settings);
    env.setParallelism(parallelism);
    definition.accept(env);
    job = env.executeAsync("trial");
  }

  /** Waits for that, and until all tasks run, so that savepoints can be taken. */
  public void awaitRunning(BooleanSupplier condition) {
    awaitOften(() -> condition.getAsBoolean() && isRunning());
  }

  /** Waits for that, whatever the tasks do. */
  public static void awaitOften(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(OFTEN).until(condition);
  }

  private boolean isRunning() throws Exception {
    for (var task :
        flink.cluster().getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
      if (task.getExecutionState() != ExecutionState.RUNNING) {
        return false;
      }
    }
    return true;
  }

  /** Takes a checkpoint. */
  public void checkpoint() throws Exception {
    flink
        .cluster()
        .triggerCheckpoint(job.getJobID(), CheckpointType.FULL)
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Stops it with a savepoint, from which the next start goes on. */
  public void stop(Path directory) throws Exception {
    String savepoint =
        job.stopWithSavepoint(false, directory.toUri() + "", SavepointFormatType.CANONICAL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
  }

  /** Waits until it has ended by itself. */
  public void awaitEnd() throws Exception {
    job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
