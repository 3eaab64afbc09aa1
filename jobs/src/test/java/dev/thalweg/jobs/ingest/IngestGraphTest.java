package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** The graph, without running it. */
final class IngestGraphTest {
  private static final Path UIDS = Repository.file("jobs/src/test/resources/uids/ingest.txt");

  private static StreamGraph graph() {
    IngestConfig config =
        IngestConfig.load("--base", Repository.file("flink-conf/jobs/ingest.yaml").toString());
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(config.flink()));
    env.setParallelism(2);
    IngestJob.define(env, config);
    return env.getStreamGraph();
  }

  @Test
  void uidsAreThoseOfEverySavepoint() throws IOException {
    List<String> uids =
        graph().getStreamNodes().stream().map(StreamNode::getTransformationUID).sorted().toList();
    String listed = String.join("\n", uids) + "\n";
    if (Repository.regenerate()) {
      Files.createDirectories(UIDS.getParent());
      Files.writeString(UIDS, listed);
    }
    assertThat(UIDS)
        .as("a uid that changes loses its state; if that is meant, -Dthalweg.regenerate=true")
        .hasContent(listed);
    assertThat(uids)
        .containsAll(Arrays.stream(IngestSteps.values()).map(IngestSteps::uid).toList());
  }

  @Test
  void everyStepHasItsNameAndDescription() {
    List<StreamNode> nodes = new ArrayList<>(graph().getStreamNodes());
    for (IngestSteps step : IngestSteps.values()) {
      assertThat(nodes)
          .filteredOn(node -> step.uid().equals(node.getTransformationUID()))
          .singleElement()
          .satisfies(
              node -> {
                assertThat(node.getOperatorName()).contains(step.title());
                // Of a sink, Flink keeps the name only.
                if (step != IngestSteps.WRITE) {
                  assertThat(node.getOperatorDescription()).isEqualTo(step.description());
                }
              });
    }
    assertThat(nodes)
        .extracting(StreamNode::getOperatorDescription)
        .doesNotContain("", (String) null);
  }

  @Test
  void chainsAreWhereNoShuffleIs() {
    List<String> vertices = new ArrayList<>();
    for (JobVertex vertex : graph().getJobGraph().getVertices()) {
      vertices.add(vertex.getParallelism() + " " + vertex.getName());
    }
    assertThat(vertices)
        .containsExactlyInAnyOrder(
            "2 Source: read events -> count consumed -> decode -> validate",
            "1 Source: read profiles -> await profiles -> decode profiles",
            "2 deduplicate -> enrich -> count outcomes -> write: Writer -> write: Committer",
            "1 keep ledger");
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
