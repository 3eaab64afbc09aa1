package dev.thalweg.cli.flink;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lies beside a savepoint as {@code thalweg.json}, because Flink's own metadata does not say
 * it.
 *
 * @param createdAt when the job was stopped, ISO-8601
 * @param job name of the job
 * @param runEpoch number of the run that it ended
 * @param startOffsets by topic and partition, where the next run goes on reading
 * @param thalwegVersion version of the code
 * @param contracts versions of every contract that the code knew
 * @param transactionTimeoutMillis after how long the brokers abort what the savepoint had
 *     pre-committed
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SavepointDescription(
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("job") String job,
    @JsonProperty("run_epoch") long runEpoch,
    @JsonProperty("start_offsets") Map<String, Map<String, Long>> startOffsets,
    @JsonProperty("thalweg_version") String thalwegVersion,
    @JsonProperty("contracts") Map<String, List<Integer>> contracts,
    @JsonProperty("transaction_timeout_ms") long transactionTimeoutMillis) {

  private static final String FILE = "thalweg.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The description beside a savepoint, if there is one. */
  public static Optional<SavepointDescription> read(Path savepoint) throws IOException {
    Path file = savepoint.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readString(file), SavepointDescription.class))
        : Optional.empty();
  }

  /** Puts it beside the savepoint. */
  public void write(Path savepoint) throws IOException {
    Files.writeString(savepoint.resolve(FILE), JSON.writeValueAsString(this) + "\n");
  }

  /** Whether the brokers may have aborted by now what the savepoint had pre-committed. */
  public boolean isOlderThanTransactions(Instant now) {
    return Instant.parse(createdAt).plus(Duration.ofMillis(transactionTimeoutMillis)).isBefore(now);
  }
}
