package dev.thalweg.cli;

import dev.thalweg.cli.flink.Savepoint;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stop JOB [--drain]}. */
@Command(
    name = "stop",
    description = "Stops a job with a savepoint and prints the savepoint's path.",
    footer = {
      "",
      "The savepoint is canonical: any state backend can read it. Go on from it with",
      "scripts/submit JOB --from PATH"
    })
final class StopCommand extends ThalwegCommand {

  @Parameters(paramLabel = "JOB", description = "the job: ingest or metrics")
  private String job;

  @Option(
      names = "--drain",
      description =
          "let windows and timers fire as if time had ended; only before a job goes for good")
  private boolean drain;

  @Mixin private DeploymentOption deployment;

  @Override
  public Integer call() throws IOException {
    Savepoint savepoint =
        new JobStop(settings(), stack(), Progress.onStandardError())
            .stop(job, deployment.get(), drain);
    System.out.println(savepoint.directory().map(Object::toString).orElse(savepoint.location()));
    return 0;
  }
}
