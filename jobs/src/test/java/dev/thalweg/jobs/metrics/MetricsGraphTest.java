package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.GraphChecks;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

/** The graph, without running it. */
final class MetricsGraphTest {
  private static final Set<MetricsSteps> SINKS =
      Set.of(
          MetricsSteps.WRITE_VIEWS,
          MetricsSteps.WRITE_VALUES,
          MetricsSteps.WRITE_LATE,
          MetricsSteps.WRITE_DEAD_LETTERS);

  private static StreamGraph graph() {
    String file = Repository.file("flink-conf/jobs/metrics.yaml").toString();
    MetricsJobConfig config = MetricsJobConfig.load("--base", file);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(config.flink()));
    env.setParallelism(2);
    MetricsJob.define(env, config);
    return env.getStreamGraph();
  }

  @Test
  void uidsAreThoseOfEverySavepoint() throws IOException {
    GraphChecks.assertUids(graph(), MetricsSteps.JOB, MetricsSteps.values());
  }

  @Test
  void everyStepHasItsNameAndDescription() {
    GraphChecks.assertNamed(graph(), SINKS, MetricsSteps.values());
  }

  @Test
  void eventsAreReadOnceAndShuffledTwice() {
    List<String> vertices = GraphChecks.vertices(graph());
    assertThat(vertices)
        .filteredOn(vertex -> !vertex.contains(": Writer"))
        .containsExactlyInAnyOrder("1 keep ledger", "2 track subjects -> pre aggregate");
    assertThat(vertices)
        .filteredOn(vertex -> vertex.contains(": Writer"))
        .anySatisfy(
            vertex ->
                assertThat(vertex).startsWith("2 Source: read events -> count consumed -> select"))
        .anySatisfy(vertex -> assertThat(vertex).startsWith("2 aggregate"));
  }

  @Test
  void nothingFallsBackToGenericSerialization() {
    GraphChecks.assertNoGenericSerialization(graph());
  }
}
