package dev.thalweg.cli.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.jobs.postgres.PostgresConfig;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What show says of a topic and views. */
class ShowExperimentTest {
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

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
  private PostgresConfig where;

  @BeforeEach
  void prepare(TestInfo test) throws SQLException {
    String name = "shown." + test.getTestMethod().orElseThrow().getName();
    KAFKA.createTopic(name, 1, Map.of("cleanup.policy", "compact"));
    topic = new DefinitionsTopic(KafkaConnection.to(KAFKA.bootstrap()), name);
    where = POSTGRES.newSchema();
    try (Connection connection = where.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into experiment_health values
            ('checkout', 1, 190, 0.5, 0.25, 0, 0, 0, 0, 'ok', '2026-03-02 12:00Z', 1),
            ('checkout', 2, 7, 1, 1, 0, 0, 0, 0, 'ok', '2026-03-03 12:00Z', 1)
          """);
    }
  }

  private void publish() throws IOException {
    Path file = Files.writeString(directory.resolve("search.yaml"), SEARCH);
    ExperimentDefinition definition =
        ExperimentArgument.read(file, ContractCatalog.fromClassPath());
    KAFKA.send(
        List.of(
            new ProducerRecord<>(
                topic.name(),
                "search/1".getBytes(UTF_8),
                DefinitionJson.write(definition).getBytes(UTF_8))));
  }

  private String show(DefinitionsTopic from, String... args) {
    ShowExperiment command = new ShowExperiment();
    StringWriter out = new StringWriter();
    new CommandLine(command).setOut(new PrintWriter(out)).parseArgs(args);
    assertThat(command.show(from, PostgresAddress.parse(where.url()), where.schema())).isZero();
    return out.toString();
  }

  private void refused(int status, String message, DefinitionsTopic from, String... args) {
    CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> show(from, args));
    assertThat(failure).hasMessageStartingWith(message);
    assertThat(failure.exitStatus()).isEqualTo(status);
  }

  @Test
  void showsWhatIsPublishedAndHasNoNumbers() throws IOException {
    publish();

    assertThat(show(topic, "search").lines())
        .contains("No numbers yet: no exposure was counted.")
        .anyMatch(line -> line.startsWith("search") && line.contains("owner growth"));
  }

  @Test
  void namesTheOnesThereAre() throws IOException {
    publish();

    refused(2, "no experiment 'serach'; there are: checkout, search", topic, "serach");
  }

  @Test
  void showsTheNewestPhaseOrAnother() {
    assertThat(show(topic, "checkout")).contains("phase 2", "p = 1 at any look");
    assertThat(show(topic, "checkout", "--phase", "1")).contains("phase 1", "p = 0.2500 at any");
    refused(
        2,
        "--phase 7: checkout has no such phase; there are: 1, 2",
        topic,
        "checkout",
        "--phase",
        "7");
  }

  @Test
  void showsWhatPostgresHasWhereKafkaDoesNotAnswer() {
    DefinitionsTopic nowhere = new DefinitionsTopic(KafkaConnection.to("127.0.0.1:1"), "a");

    assertThat(show(nowhere, "checkout"))
        .contains(
            "phase 2",
            "Owner, weights and guardrails are not known: Kafka at 127.0.0.1:1 does not answer");
  }

  @Test
  void showsWhatPostgresHasWithoutTheTopic() {
    DefinitionsTopic absent = new DefinitionsTopic(topic.kafka(), "absent");

    assertThat(show(absent, "checkout"))
        .contains("phase 2", "has no topic absent: run scripts/topics apply");
    refused(2, "no experiment 'a'; there are: checkout (Kafka at ", absent, "a");
  }

  @Test
  void writesAPage() throws IOException {
    Path page = directory.resolve("page.html");

    assertThat(show(topic, "checkout", "--html", page.toString()))
        .contains("page: " + page.toAbsolutePath());
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("checkout");
    refused(
        1,
        "cannot write " + directory.resolve("no/page.html") + ": no such file: ",
        topic,
        "checkout",
        "--html",
        directory.resolve("no/page.html").toString());
  }
}
