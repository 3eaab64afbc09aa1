package dev.thalweg.operators.testkit;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.util.TestStreamEnvironment;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink cluster in the test's process, started with the first test class that asks for it and
 * shared by all that follow. Register it as a static field with {@code @RegisterExtension}. Jobs
 * still running after a test are cancelled.
 */
public final class FlinkCluster implements BeforeAllCallback, AfterEachCallback {
  /** The parallelism of {@link #env()}. */
  public static final int PARALLELISM = 2;

  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS_EACH = 4;

  private Running running;
  private MiniCluster cluster;

  /** A new environment that runs on the cluster: object reuse on, generic types off. */
  public StreamExecutionEnvironment env() {
    return env(new Configuration());
  }

  /** Like {@link #env()}, with more settings. */
  public StreamExecutionEnvironment env(Configuration more) {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.OBJECT_REUSE, true);
    settings.set(PipelineOptions.MAX_PARALLELISM, 720);
    settings.addAll(more);
    return new TestStreamEnvironment(cluster, settings, PARALLELISM, List.of(), List.of());
  }

  /** The cluster, to take savepoints or to fail it. */
  public MiniCluster cluster() {
    return cluster;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(FlinkCluster.class))
            .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class);
    cluster = running.cluster;
  }

  /** Kills every TaskManager and starts others; the jobs on them fail. */
  public void killTaskManagers() throws Exception {
    running.killTaskManagers();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (var job : cluster.listJobs().get(30, TimeUnit.SECONDS)) {
      if (!job.getJobState().isGloballyTerminalState()) {
        cancel(job.getJobId());
      }
    }
  }

  private void cancel(JobID job) throws Exception {
    cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
    cluster.requestJobResult(job).get(30, TimeUnit.SECONDS);
  }

  /** Closed with the last test of the process. */
  private static final class Running implements AutoCloseable {
    private final MiniCluster cluster;

    /** How many TaskManagers were ever started; the last {@link #TASK_MANAGERS} of them live. */
    private int started = TASK_MANAGERS;

    Running() {
      Configuration settings = new Configuration();
      settings.set(RestOptions.BIND_PORT, "0");
      settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
      settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
      settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
      cluster =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setConfiguration(settings)
                  .setNumTaskManagers(TASK_MANAGERS)
                  .setNumSlotsPerTaskManager(SLOTS_EACH)
                  .withRandomPorts()
                  .build());
      try {
        cluster.start();
      } catch (Exception e) {
        throw new IllegalStateException("the test cluster does not start", e);
      }
    }

    /** The new ones come first, so that there are always slots for what is to be restarted. */
    synchronized void killTaskManagers() throws Exception {
      for (int i = 0; i < TASK_MANAGERS; i++) {
        cluster.startTaskManager();
        cluster.terminateTaskManager(started - TASK_MANAGERS).get(30, TimeUnit.SECONDS);
        started++;
      }
    }

    @Override
    public void close() throws Exception {
      cluster.close();
    }
  }
}
