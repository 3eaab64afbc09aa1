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
import org.junit.jupiter.api.io.TempDir;

/** The graph, without running it. */
final class IngestGraphTest {
  private static final Path UIDS = Repository.file("jobs/src/test/resources/uids/ingest.txt");

  @TempDir private static Path contracts;

  /** With all steps that there may be. */
  private static StreamGraph wholeGraph() {
    return graph("-Dcontracts.path=" + contracts, "-Dcontracts.refresh=30s");
  }

  private static StreamGraph graph(String... definitions) {
    List<String> args = new ArrayList<>(List.of("--base"));
    args.add(Repository.file("flink-conf/jobs/ingest.yaml").toString());
    args.addAll(List.of(definitions));
    IngestConfig config = IngestConfig.load(args.toArray(String[]::new));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(Configuration.fromMap(config.flink()));
    env.setParallelism(2);
    IngestJob.define(env, config);
    return env.getStreamGraph();
  }

  @Test
  void uidsAreThoseOfEverySavepoint() throws IOException {
    List<String> uids =
        wholeGraph().getStreamNodes().stream()
            .map(StreamNode::getTransformationUID)
            .sorted()
            .toList();
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
    List<StreamNode> nodes = new ArrayList<>(wholeGraph().getStreamNodes());
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
    assertThat(vertices(graph()))
        .containsExactlyInAnyOrder(
            "2 Source: read events -> count consumed -> decode -> validate",
            "1 Source: read profiles -> await profiles -> decode profiles",
            "2 deduplicate -> enrich -> count outcomes -> write: Writer -> write: Committer",
            "1 keep ledger");
  }

  @Test
  void contractsOfTheRunningJobComeByBroadcast() {
    assertThat(vertices(wholeGraph()))
        .contains(
            "1 Source: find contracts -> admit contracts",
            "2 Source: read events -> count consumed",
            "2 decode -> validate");
  }

  private static List<String> vertices(StreamGraph graph) {
    List<String> vertices = new ArrayList<>();
    for (JobVertex vertex : graph.getJobGraph().getVertices()) {
      vertices.add(vertex.getParallelism() + " " + vertex.getName());
    }
    return vertices;
  }

  @Test
  void nothingFallsBackToGenericSerialization() {
    for (StreamNode node : wholeGraph().getStreamNodes()) {
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }
}
