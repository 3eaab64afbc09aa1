package dev.thalweg.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsFileTest {

  @Test
  void laysEachTopicOverTheDefaults() {
    TopicsFile file =
        TopicsFile.parse(
            "t.yaml",
            """
            defaults: {partitions: 4, retention: 7d}
            topics:
              events.raw: {max-message-bytes: 9MiB}
              reference.profiles: {partitions: 2, cleanup: compact, retention: forever}
              plain:
            """);

    assertThat(file.topics())
        .containsExactly(
            new TopicDeclaration(
                "events.raw",
                4,
                (short) 1,
                Cleanup.DELETE,
                Optional.of(Duration.ofDays(7)),
                9 * 1024 * 1024),
            new TopicDeclaration(
                "reference.profiles", 2, (short) 1, Cleanup.COMPACT, Optional.empty(), 1048576),
            new TopicDeclaration(
                "plain", 4, (short) 1, Cleanup.DELETE, Optional.of(Duration.ofDays(7)), 1048576));
    assertThat(file.topics().get(1).settings())
        .containsEntry("retention.ms", "-1")
        .containsEntry("message.timestamp.type", "LogAppendTime");
  }

  @Test
  void reportsAllThatIsWrongWithItsLine() {
    assertThatThrownBy(
            () ->
                TopicsFile.parse(
                    "t.yaml",
                    """
                    defaults:
                      partition: 4
                    topics:
                      a: {partitions: 0, retention: 7 weeks}
                      Bad/name: {}
                      b: {cleanup: maybe, timestamps: CreateTime}
                    more: 1
                    """))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("t.yaml:2: unknown key 'partition'")
        .hasMessageContaining("t.yaml:4: partitions: '0' is not a number from 1 to 10000")
        .hasMessageContaining("t.yaml:4: retention: '7 weeks' is not a duration")
        .hasMessageContaining("t.yaml:5: topic 'Bad/name'")
        .hasMessageContaining("t.yaml:6: cleanup: 'maybe' is not delete or compact")
        .hasMessageContaining("t.yaml:6: timestamps: 'CreateTime' is not LogAppendTime")
        .hasMessageContaining("t.yaml:7: unknown key 'more'");
  }

  @Test
  void saysWhereTheYamlBreaks() {
    assertThatThrownBy(() -> TopicsFile.parse("t.yaml", "topics: {a: ["))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("t.yaml is not YAML");
    assertThatThrownBy(() -> TopicsFile.parse("t.yaml", ""))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("is empty");
  }

  @Test
  void theFileThatComesWithTheLibraryIsGood() {
    TopicsFile file = TopicsFile.read(TopicsFile.of(Path.of(System.getenv("THALWEG_ROOT"))));

    assertThat(file.topics())
        .extracting(TopicDeclaration::name)
        .contains("events.raw", "events.canonical", "events.dead-letter", "reference.profiles");
  }
}
