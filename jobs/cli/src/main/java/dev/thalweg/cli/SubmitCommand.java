package dev.thalweg.cli;

import dev.thalweg.cli.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code submit JOB [--config FILE] [--from SAVEPOINT] [--replay-from TIME] [-Dkey=value ...]}. */
@Command(
    name = "submit",
    description =
        "Submits a job to the cluster after checking its configuration, topics, tables and savepoint.",
    footer = {
      "",
      "Prints the job id and the address of the web UI once every task runs. Kafka and PostgreSQL",
      "are the stack's (or KAFKA_BOOTSTRAP, POSTGRES_URL), unless FILE or -D say otherwise.",
      "Example: scripts/submit ingest -Dingest.dedup.retention=48h"
    })
final class SubmitCommand extends ThalwegCommand {

  @Parameters(paramLabel = "JOB", description = "the job: ingest or metrics")
  private String job;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "laid over flink-conf/jobs/JOB.yaml: maps merge, lists and scalars replace")
  private Path config;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = "start from a savepoint: the path that scripts/stop printed")
  private String from;

  @Option(
      names = "--replay-from",
      paramLabel = "TIME",
      description = "read again from this arrival time on, such as 2026-11-01T10:00:00Z")
  private String replayFrom;

  @Option(names = "-D", paramLabel = "key=value", description = "one option of the job; may repeat")
  private Map<String, String> options = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    Optional<Instant> replay = Optional.ofNullable(replayFrom).map(SubmitCommand::instant);
    if (from != null && replayFrom != null) {
      throw CommandFailure.wrongInput(
          "--from and --replay-from: the savepoint says where reading goes on, leave one of them out");
    }
    LocalStack stack = stack();
    String id =
        new JobStart(settings(), stack, Progress.onStandardError())
            .start(job, Optional.ofNullable(config), Optional.ofNullable(from), replay, options);
    System.out.println(id + " " + stack.addresses().flink() + "/#/job/running/" + id + "/overview");
    return 0;
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw CommandFailure.wrongInput(
          "--replay-from '" + text + "' is no time: write it like 2026-11-01T10:00:00Z", e);
    }
  }
}
