package dev.thalweg.cli.flink;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.stack.JavaProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands a job to a cluster through Flink's own client, in a process of its own.
 *
 * @param root the repository
 * @param flinkHome a Flink of the user's own
 * @param flinkConf the client's configuration directory
 * @param log what the client logs
 */
public record JobSubmission(Path root, Optional<Path> flinkHome, Path flinkConf, Path log) {

  private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";
  private static final Pattern JOB_ID = Pattern.compile("JobID ([0-9a-f]{32})");

  /** Submits and answers the job's id. */
  public String submit(
      Path jar, String mainClass, Optional<Savepoint> from, List<String> jobArguments) {
    List<String> arguments = new ArrayList<>(List.of("run", "-d", "-c", mainClass));
    from.ifPresent(savepoint -> arguments.addAll(List.of("-s", savepoint.location())));
    arguments.add(jar.toString());
    arguments.addAll(jobArguments);
    try {
      Process client = client(arguments);
      String output = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = client.waitFor();
      Matcher id = JOB_ID.matcher(output);
      if (status != 0 || !id.find()) {
        throw CommandFailure.failed(
            "Flink refuses the job: %s; see %s".formatted(FlinkStackTrace.cause(output), log));
      }
      return id.group(1);
    } catch (IOException e) {
      throw CommandFailure.failed("cannot run Flink's client: " + RootCause.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }

  private Process client(List<String> arguments) throws IOException {
    ProcessBuilder builder;
    if (flinkHome.isPresent()) {
      List<String> command = new ArrayList<>();
      command.add(flinkHome.get().resolve("bin").resolve("flink").toString());
      command.addAll(arguments);
      builder = new ProcessBuilder(command);
    } else {
      JavaProgram program =
          JavaProgram.of(root, "flink")
              .logTo(log)
              .options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
      builder = new ProcessBuilder(program.command(CLIENT, arguments));
      builder.environment().putAll(program.environment());
    }
    builder.environment().putAll(Map.of("FLINK_CONF_DIR", flinkConf.toString()));
    return builder.redirectErrorStream(true).start();
  }
}
