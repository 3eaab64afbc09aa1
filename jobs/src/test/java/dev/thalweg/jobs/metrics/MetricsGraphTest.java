package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The graph, without running it. */
final class MetricsGraphTest {
  private static final Path UIDS = Repository.file("jobs/src/test/resources/uids/metrics.txt");
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
    List<String> uids =
        graph().getStreamNodes().stream().map(StreamNode::getTransformationUID).sorted().toList();
    String listed = String.join("\n", uids) + "\n";
    if (Repository.regenerate()) {
      Files.writeString(UIDS, listed);
    }
    assertThat(UIDS)
        .as("a uid that changes loses its state; if that is meant, -Dthalweg.regenerate=true")
        .hasContent(listed);
    assertThat(uids)
        .containsAll(Arrays.stream(MetricsSteps.values()).map(MetricsSteps::uid).toList());
  }

  @Test
  void everyStepHasItsNameAndDescription() {
    List<StreamNode> nodes = new ArrayList<>(graph().getStreamNodes());
    for (MetricsSteps step : MetricsSteps.values()) {
      assertThat(nodes)
          .filteredOn(node -> step.uid().equals(node.getTransformationUID()))
          .singleElement()
          .satisfies(
              node -> {
                assertThat(node.getOperatorName()).contains(step.title());
                // Of a sink, Flink keeps the name only.
                if (!SINKS.contains(step)) {
                  assertThat(node.getOperatorDescription()).isEqualTo(step.description());
                }
              });
    }
  }

  @Test
  void eventsAreReadOnceAndShuffledTwice() {
    List<String> vertices = new ArrayList<>();
    for (JobVertex vertex : graph().getJobGraph().getVertices()) {
      vertices.add(vertex.getParallelism() + " " + vertex.getName());
    }
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
    for (StreamNode node : graph().getStreamNodes()) {
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }
}
