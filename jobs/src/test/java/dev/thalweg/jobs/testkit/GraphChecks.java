package dev.thalweg.jobs.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** What holds for the graph of every job, without running it. */
public final class GraphChecks {
  private GraphChecks() {}

  /** The uids are those of {@code uids/<job>.txt}, and each step has one. */
  public static void assertUids(StreamGraph graph, String job, Step... steps) throws IOException {
    List<String> uids =
        graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).sorted().toList();
    Path file = Repository.file("jobs/src/test/resources/uids/" + job + ".txt");
    String listed = String.join("\n", uids) + "\n";
    if (Repository.regenerate()) {
      Files.writeString(file, listed);
    }
    assertThat(file)
        .as("a uid that changes loses its state; if that is meant, -Dthalweg.regenerate=true")
        .hasContent(listed);
    assertThat(uids).containsAll(Arrays.stream(steps).map(Step::uid).toList());
  }

  /** Each step has its name and description. Of sinks Flink keeps the name only. */
  public static void assertNamed(StreamGraph graph, Set<? extends Step> sinks, Step... steps) {
    List<StreamNode> nodes = new ArrayList<>(graph.getStreamNodes());
    for (Step step : steps) {
      assertThat(nodes)
          .filteredOn(node -> step.uid().equals(node.getTransformationUID()))
          .singleElement()
          .satisfies(
              node -> {
                assertThat(node.getOperatorName()).contains(step.title());
                if (!sinks.contains(step)) {
                  assertThat(node.getOperatorDescription()).isEqualTo(step.description());
                }
              });
    }
    assertThat(nodes)
        .extracting(StreamNode::getOperatorDescription)
        .doesNotContain("", (String) null);
  }

  /** Nothing is serialized by Kryo. */
  public static void assertNoGenericSerialization(StreamGraph graph) {
    for (StreamNode node : graph.getStreamNodes()) {
      if (node.getTypeSerializerOut() != null) {
        assertThat(node.getTypeSerializerOut().getClass().getName()).doesNotContain("Kryo");
      }
    }
  }

  /** The chains, each with its parallelism in front. */
  public static List<String> vertices(StreamGraph graph) {
    List<String> vertices = new ArrayList<>();
    for (JobVertex vertex : graph.getJobGraph().getVertices()) {
      vertices.add(vertex.getParallelism() + " " + vertex.getName());
    }
    return vertices;
  }
}
