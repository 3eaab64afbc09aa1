package dev.thalweg.cli.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the topic of definitions. */
final class ApplyExperimentTest {
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final String SEARCH =
      """
      experiment: search
      owner: growth
      unit: user_id
      effective_from: 2026-03-02T00:00:00Z
      variants: {a: 1, b: 1}
      baseline: a
      exposure: {event: experiment_exposed}
      metrics: [{name: orders, kind: count, event: order_placed}]
      """;

  @TempDir private Path directory;

  private DefinitionsTopic topic;

  @BeforeEach
  void createTopic(TestInfo test) {
    String name = "definitions." + test.getTestMethod().orElseThrow().getName();
    KAFKA.createTopic(name, 1, Map.of("cleanup.policy", "compact"));
    topic = new DefinitionsTopic(KafkaConnection.to(KAFKA.bootstrap()), name);
  }

  private ExperimentDefinition read(String text) throws IOException {
    return ExperimentArgument.read(
        Files.writeString(Files.createTempFile(directory, "experiment", ".yaml"), text), CATALOG);
  }

  private NextVersion apply(String text) throws IOException {
    return ApplyExperiment.apply(read(text), topic);
  }

  private List<String> keys() {
    return KAFKA.committed(topic.name()).stream().map(record -> text(record.key())).toList();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void refused(int status, String message, Work work) {
    CommandFailure failure = catchThrowableOfType(CommandFailure.class, work::run);
    assertThat(failure).as("nothing was refused").isNotNull();
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.exitStatus()).isEqualTo(status);
  }

  @Test
  void anEditIsTheNextVersionAndOneOfWeightsTheNextPhase() throws IOException {
    assertThat(apply(SEARCH)).extracting(NextVersion::isNew).isEqualTo(true);
    List<ConsumerRecord<byte[], byte[]>> first = KAFKA.committed(topic.name());
    assertThat(apply(SEARCH))
        .isEqualTo(new NextVersion(topic.read().newest("search").orElseThrow(), false));
    apply(SEARCH.replace("owner: growth", "owner: search"));
    String weighted = SEARCH.replace("{a: 1, b: 1}", "{a: 1, b: 3}").replace("03-02", "03-03");
    apply(weighted);
    assertThat(apply(weighted).isNew()).isFalse();
    apply(SEARCH.replace("03-02", "03-04"));
    apply(SEARCH.replace("experiment: search", "experiment: checkout"));

    assertThat(keys())
        .containsExactly("search/1", "search/2", "search/3", "search/4", "checkout/1");
    assertThat(text(KAFKA.committed(topic.name()).get(0).value()))
        .isEqualTo(text(first.get(0).value()))
        .isEqualTo(DefinitionJson.write(read(SEARCH)));
    assertThat(topic.read().all())
        .extracting(
            ExperimentDefinition::experiment,
            ExperimentDefinition::version,
            ExperimentDefinition::phase)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("checkout", 1, 1),
            org.assertj.core.groups.Tuple.tuple("search", 1, 1),
            org.assertj.core.groups.Tuple.tuple("search", 2, 1),
            org.assertj.core.groups.Tuple.tuple("search", 3, 2),
            org.assertj.core.groups.Tuple.tuple("search", 4, 3));
    assertThat(ListExperiments.table(topic.read()).lines().get(5))
        .isEqualTo("search            3      2  2026-03-03T00:00:00Z  -     a 1, b 3  growth");
  }

  @Test
  void nothingIsPublishedOfWhatIsWrong() throws IOException {
    refused(
        2,
        ":6: baseline: 'c' is no variant",
        () -> apply(SEARCH.replace("baseline: a", "baseline: c")));
    assertThat(keys()).isEmpty();
    apply(SEARCH);
    refused(
        2,
        "effective_from: 2026-03-01T00:00:00Z lies before that of version 1, which is 2026-03-02T00:00:00Z",
        () -> apply(SEARCH.replace("2026-03-02", "2026-03-01")));
    refused(
        2,
        "effective_from: 2026-03-02T00:00:00Z is that of version 1, and this edit begins a new phase",
        () -> apply(SEARCH.replace("{a: 1, b: 1}", "{a: 1, b: 3}")));
    assertThat(keys()).containsExactly("search/1");
  }

  @Test
  void ofTwoAtOnceOnePublishes() throws IOException {
    ExperimentDefinition definition = read(SEARCH);
    try (DefinitionPublisher slow = DefinitionPublisher.open(topic)) {
      assertThat(topic.read().all()).isEmpty();
      assertThat(apply(SEARCH.replace("owner: growth", "owner: search")).isNew()).isTrue();
      refused(
          1,
          "another apply went on meanwhile and nothing was published: run it again",
          () -> slow.publish(definition));
    }
    assertThat(keys()).containsExactly("search/1");
    assertThat(topic.read().newest("search").orElseThrow().owner()).isEqualTo("search");
  }

  @Test
  void manyAtOncePublishEachVersionOnce() throws Exception {
    int appliers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(appliers);
    try {
      List<Future<Integer>> published = new ArrayList<>();
      for (int i = 1; i <= appliers; i++) {
        ExperimentDefinition own = read(SEARCH.replace("growth", "team-" + i));
        published.add(threads.submit(() -> untilPublished(own)));
      }
      List<Integer> versions = new ArrayList<>();
      for (Future<Integer> one : published) {
        versions.add(one.get());
      }
      assertThat(versions).containsExactlyInAnyOrder(1, 2, 3, 4);
    } finally {
      threads.shutdownNow();
    }
    assertThat(keys()).containsExactly("search/1", "search/2", "search/3", "search/4");
  }

  private int untilPublished(ExperimentDefinition definition) {
    Callable<Integer> once = () -> ApplyExperiment.apply(definition, topic).definition().version();
    while (true) {
      try {
        return once.call();
      } catch (CommandFailure e) {
        assertThat(e).hasMessageContaining("another apply went on");
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whatWasWrittenPastApplyIsToldAndStopsThatExperimentOnly() throws IOException {
    apply(SEARCH);
    byte[] value = DefinitionJson.write(read(SEARCH.replace("growth", "other"))).getBytes(UTF_8);
    KAFKA.send(
        List.of(
            new ProducerRecord<>(topic.name(), "search/1".getBytes(UTF_8), value),
            new ProducerRecord<>(topic.name(), "search/2".getBytes(UTF_8), value),
            new ProducerRecord<>(topic.name(), "search/3".getBytes(UTF_8), null),
            new ProducerRecord<>(topic.name(), "search/4".getBytes(UTF_8), "{}".getBytes(UTF_8))));

    assertThat(topic.read().faults())
        .containsExactly(
            "search/1: was rewritten",
            "search/2: holds search/1",
            "search/3: was deleted",
            "search/4: definition.flagd: is missing");
    refused(1, "the topic of definitions was written past apply: search/1", () -> apply(SEARCH));
    assertThat(apply(SEARCH.replace("experiment: search", "experiment: other")).isNew()).isTrue();
  }

  @Test
  void versionThatDoesNotFitThoseBeforeIsAFault() throws IOException {
    apply(SEARCH);
    String second =
        DefinitionJson.write(read(SEARCH.replace("{a: 1, b: 1}", "{a: 1, b: 3}")))
            .replace("\"version\":1", "\"version\":2");
    KAFKA.send(
        List.of(
            new ProducerRecord<>(
                topic.name(), "search/2".getBytes(UTF_8), second.getBytes(UTF_8))));
    assertThat(topic.read().faults())
        .containsExactly("search/2: phase 1 does not follow phase 1 of version 1");
    assertThat(topic.read().newest("search").orElseThrow().version()).isOne();
  }

  @Test
  void whatActsAgainAfterAStopIsAPhaseOfItsOwn() throws IOException {
    String stopping = SEARCH.replace("variants", "stop: 2026-03-09T00:00:00Z\nvariants");
    apply(stopping);
    assertThat(apply(SEARCH.replace("2026-03-02", "2026-03-09")).definition().phase()).isEqualTo(2);
  }

  @Test
  void tellsThatTheTopicIsMissing() throws IOException {
    ExperimentDefinition definition = read(SEARCH);
    DefinitionsTopic absent = new DefinitionsTopic(topic.kafka(), "absent");
    refused(
        1,
        "has no topic absent: run scripts/topics apply",
        () -> ApplyExperiment.apply(definition, absent));
  }
}
