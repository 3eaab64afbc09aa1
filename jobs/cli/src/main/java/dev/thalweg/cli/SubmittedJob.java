package dev.thalweg.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.thalweg.cli.stack.StackHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code submit} remembers for {@code stop}.
 *
 * @param id Flink's job id
 * @param runEpoch number of the run
 * @param arguments what the job's main method was given
 */
record SubmittedJob(
    @JsonProperty("id") String id,
    @JsonProperty("run_epoch") long runEpoch,
    @JsonProperty("arguments") List<String> arguments) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The last submission of a job from this home directory. */
  static Optional<SubmittedJob> read(StackHome home, String jobName) throws IOException {
    Path file = file(home, jobName);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readString(file), SubmittedJob.class))
        : Optional.empty();
  }

  void write(StackHome home, String jobName) throws IOException {
    Path file = file(home, jobName);
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  private static Path file(StackHome home, String jobName) {
    return home.submissions().resolve(jobName + ".json");
  }
}
