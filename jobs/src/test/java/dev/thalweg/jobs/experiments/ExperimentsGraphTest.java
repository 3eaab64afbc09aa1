package dev.thalweg.jobs.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.GraphChecks;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;

/** The graph, without running it. */
final class ExperimentsGraphTest {
  private static final Set<ExperimentsSteps> SINKS =
      Set.of(ExperimentsSteps.WRITE_VIEWS, ExperimentsSteps.WRITE, ExperimentsSteps.PROMOTE);

  private static StreamGraph graph() {
    String file = Repository.file("flink-conf/jobs/experiments.yaml").toString();
    ExperimentsJobConfig config = ExperimentsJobConfig.load("--base", file);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(config.flink()));
    env.setParallelism(2);
    ExperimentsJob.define(env, config);
    return env.getStreamGraph();
  }

  @Test
  void uidsAreThoseOfEverySavepoint() throws IOException {
    GraphChecks.assertUids(graph(), ExperimentsSteps.JOB, ExperimentsSteps.values());
  }

  @Test
  void everyStepHasItsNameAndDescription() {
    GraphChecks.assertNamed(graph(), SINKS, ExperimentsSteps.values());
  }

  @Test
  void eventsAreReadOnceAndShuffledTwice() {
    assertThat(GraphChecks.vertices(graph()))
        .contains(
            "2 Source: read events -> count consumed",
            "1 Source: read definitions -> await definitions -> decode definitions -> tell phases",
            "1 keep ledger");
  }

  @Test
  void promotionsAreSelectedWhereRowsAreMade() {
    assertThat(GraphChecks.vertices(graph()))
        .anyMatch(vertex -> vertex.contains("score") && vertex.contains("select promotions"));
  }

  @Test
  void nothingFallsBackToGenericSerialization() {
    GraphChecks.assertNoGenericSerialization(graph());
  }
}
