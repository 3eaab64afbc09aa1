package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.metrics.MetricDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may set, and how a file is laid over another. */
final class MetricsJobConfigTest {
  private static final String BASE = Repository.file("flink-conf/jobs/metrics.yaml").toString();

  @TempDir private Path directory;

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "job", ".yaml"), text).toString();
  }

  private static List<String> mistakes(String... args) {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> MetricsJobConfig.load(args));
    assertThat(thrown).as("no mistake was found in %s", List.of(args)).isNotNull();
    return thrown.getMessage().lines().toList();
  }

  @Test
  void fileOfTheProductIsEnough() {
    MetricsJobConfig config = MetricsJobConfig.load("--base", BASE, "-Ddeployment=shop");
    assertThat(config.source().topic()).isEqualTo("shop.events.canonical");
    assertThat(config.source().group()).isEqualTo("shop.metrics");
    assertThat(config.source().replayFrom()).isNull();
    assertThat(config.source().idleness()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.valuesTopic()).isEqualTo("shop.metrics.values");
    assertThat(config.lateTopic()).isEqualTo("shop.metrics.late");
    assertThat(config.disorder()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.viewsRetention()).isEqualTo(Duration.ofDays(730));
    assertThat(config.postgres().schema()).isEqualTo("shop_views");
    assertThat(config.metrics().definitions()).hasSize(4);
    assertThat(config.flink()).containsEntry("pipeline.max-parallelism", "720");
    assertThat(config.flink()).doesNotContainKey("metrics.disorder");
  }

  @Test
  void listsReplaceAndMapsMerge() throws IOException {
    String over =
        file(
            """
            metrics:
              lateness: 600d
              definitions:
                - {name: only, kind: count, events: all, window: {tumbling: 1d}}
              funnels: []
              sessions:
            """);
    MetricsJobConfig config =
        MetricsJobConfig.load("--base", BASE, "--config", over, "-Dmetrics.emit=1s");
    assertThat(config.metrics().definitions())
        .extracting(MetricDefinition::name)
        .containsExactly("only");
    assertThat(config.metrics().funnels()).isEmpty();
    assertThat(config.metrics().sessions()).isEmpty();
    assertThat(config.metrics().retention()).hasSize(1);
    assertThat(config.metrics().lateness()).isEqualTo(Duration.ofDays(600));
    assertThat(config.metrics().emit()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void mistakesOfAllFilesAreToldAtOnce() throws IOException {
    String one =
        file(
            """
            metrics:
              definitions: [{name: a, kind: count, events: all}]
              colour: red
            """);
    String two = file("metrics:\n  funnels:\n    - {}\n");
    assertThat(
            mistakes(
                "--base",
                BASE,
                "--config",
                one,
                "--config",
                two,
                "-Dmetrics.sessions.gap=1h",
                "-Dkafka.bootstrap=x"))
        .contains(
            "command line: metrics.sessions.gap: can only stand in a file",
            one
                + ":3: metrics.colour: no such option; see the job's reference file in flink-conf/jobs",
            one + ":2: metrics.definitions[0].window: is missing",
            two + ":3: metrics.funnels[0].name: is missing",
            "command line: kafka.bootstrap is 'x': use host:port, commas between");
  }

  @Test
  void rowsThatMayStillChangeAreKept() {
    assertThat(mistakes("--base", BASE, "-Dmetrics.views.retention=2d"))
        .singleElement()
        .asString()
        .contains(
            "metrics.views.retention is '2d': must be 0s (for ever), or at least 345600s: so long a window may change");
    assertThat(
            MetricsJobConfig.load("--base", BASE, "-Dmetrics.views.retention=0s").viewsRetention())
        .isZero();
  }

  @Test
  void contractsThatCannotBeReadAreTheOnlyMistakeThen() {
    assertThat(mistakes("--base", BASE, "-Dcontracts.path=/no/such"))
        .singleElement()
        .asString()
        .contains("no such directory of contracts");
  }

  @Test
  void whatIsRequiredIsTold() {
    assertThat(mistakes())
        .contains(
            "kafka.bootstrap: required, and not set",
            "postgres.url: required, and not set",
            "metrics.source.topic: required, and not set",
            "metrics.sink.values-topic: required, and not set",
            "metrics.sink.late-topic: required, and not set");
  }
}
