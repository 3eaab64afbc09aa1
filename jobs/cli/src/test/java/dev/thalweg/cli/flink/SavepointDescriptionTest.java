package dev.thalweg.cli.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointDescriptionTest {

  private static final SavepointDescription DESCRIPTION =
      new SavepointDescription(
          "2026-11-01T10:00:00Z",
          "ingest",
          3,
          Map.of("events.raw", Map.of("0", 17L)),
          "0.1.0",
          Map.of("order_placed", List.of(1, 2)),
          900_000);

  @TempDir private Path directory;

  @Test
  void isReadAsItWasWritten() throws IOException {
    DESCRIPTION.write(directory);

    assertThat(SavepointDescription.read(directory)).contains(DESCRIPTION);
    assertThat(directory.resolve("thalweg.json")).content().contains("\"run_epoch\" : 3");
  }

  @Test
  void mayBeAbsent() throws IOException {
    assertThat(SavepointDescription.read(directory)).isEmpty();
  }

  @Test
  void knowsWhenTransactionsAreOver() {
    assertThat(DESCRIPTION.isOlderThanTransactions(Instant.parse("2026-11-01T10:14:59Z")))
        .isFalse();
    assertThat(DESCRIPTION.isOlderThanTransactions(Instant.parse("2026-11-01T10:15:01Z"))).isTrue();
  }

  @Test
  void aSavepointIsFoundByPathOrAddress() throws IOException {
    Files.createFile(directory.resolve("_metadata"));

    assertThat(Savepoint.at(directory.toString()).requirePresent().directory()).contains(directory);
    assertThat(Savepoint.at(directory.resolve("_metadata").toString()).directory())
        .contains(directory);
    assertThat(Savepoint.at("file:" + directory).directory()).contains(directory);
    assertThat(Savepoint.at("s3://bucket/a").directory()).isEmpty();
    assertThatThrownBy(() -> Savepoint.at(directory + "/none").requirePresent())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no savepoint at");
  }
}
