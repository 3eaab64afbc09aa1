package dev.thalweg.jobs;

import dev.thalweg.jobs.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job's graph is built and run. */
public final class JobEnvironment {
  private JobEnvironment() {}

  /**
   * An environment with Flink options of the job.
   *
   * @throws ConfigException if, together with the cluster's, they would make results wrong
   */
  public static StreamExecutionEnvironment with(Map<String, String> options) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(options));
    check(env.getCheckpointConfig());
    return env;
  }

  private static void check(CheckpointConfig checkpoints) {
    List<String> mistakes = new ArrayList<>();
    if (!checkpoints.isCheckpointingEnabled()) {
      mistakes.add(
          CheckpointingOptions.CHECKPOINTING_INTERVAL.key()
              + ": not set; without checkpoints nothing is ever committed");
    }
    if (checkpoints.isUnalignedCheckpointsEnabled()) {
      mistakes.add(
          CheckpointingOptions.ENABLE_UNALIGNED.key()
              + " is 'true': the ledger is exact with aligned checkpoints only; use false");
    }
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
  }
}
