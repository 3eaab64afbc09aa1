package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.GraphChecks;
import dev.thalweg.jobs.testkit.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph, without running it. */
final class IngestGraphTest {

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
    GraphChecks.assertUids(wholeGraph(), IngestSteps.JOB, IngestSteps.values());
  }

  @Test
  void everyStepHasItsNameAndDescription() {
    GraphChecks.assertNamed(wholeGraph(), Set.of(IngestSteps.WRITE), IngestSteps.values());
  }

  @Test
  void chainsAreWhereNoShuffleIs() {
    assertThat(GraphChecks.vertices(graph()))
        .containsExactlyInAnyOrder(
            "2 Source: read events -> count consumed -> decode -> validate",
            "1 Source: read profiles -> await profiles -> decode profiles",
            "2 deduplicate -> enrich -> count outcomes -> write: Writer -> write: Committer",
            "1 keep ledger");
  }

  @Test
  void contractsOfTheRunningJobComeByBroadcast() {
    assertThat(GraphChecks.vertices(wholeGraph()))
        .contains(
            "1 Source: find contracts -> admit contracts",
            "2 Source: read events -> count consumed",
            "2 decode -> validate");
  }

  @Test
  void nothingFallsBackToGenericSerialization() {
    GraphChecks.assertNoGenericSerialization(wholeGraph());
  }
}
