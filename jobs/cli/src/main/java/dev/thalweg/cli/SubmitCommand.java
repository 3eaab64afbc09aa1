package dev.thalweg.cli;

import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.flink.FlinkJob;
import dev.thalweg.cli.flink.JobSubmission;
import dev.thalweg.cli.flink.Savepoint;
import dev.thalweg.cli.flink.SavepointDescription;
import dev.thalweg.cli.postgres.Migrations;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.postgres.RunEpochs;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.cli.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

  private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);

  @Parameters(paramLabel = "JOB", description = "the job: ingest")
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
    KnownJob known = KnownJob.named(job);
    StackSettings settings = settings();
    LocalStack stack = stack();
    StackAddresses addresses = stack.addresses();
    Optional<Instant> replay = Optional.ofNullable(replayFrom).map(SubmitCommand::instant);
    if (from != null && replayFrom != null) {
      throw CommandFailure.wrongInput(
          "--from and --replay-from: the savepoint says where reading goes on, leave one of them out");
    }
    JobConfiguration checked =
        JobConfiguration.toSubmit(
            known, settings.root(), addresses, Optional.ofNullable(config), options);
    Optional<Savepoint> savepoint =
        Optional.ofNullable(from).map(path -> Savepoint.at(path).requirePresent());
    if (savepoint.isPresent()) {
      examine(savepoint.get());
    }
    FlinkCluster cluster = new FlinkCluster(addresses.flink());
    PostgresAddress postgres = checked.postgres(addresses);
    requireReady(cluster, checked, postgres);

    long epoch =
        new RunEpochs(postgres, checked.deployment())
            .next(checked.job().title(), savepoint.map(Savepoint::location), replay);
    JobConfiguration complete = checked.with(epoch, replay, passwordFile(stack, postgres));
    System.err.println("submitting " + complete.jobName() + ", run " + epoch);
    Path log = stack.home().logs().resolve("submit.log");
    Files.createDirectories(log.getParent());
    String id =
        new JobSubmission(settings.root(), settings.flinkHome(), addresses.flinkConf(), log)
            .submit(jobJar(settings.root()), known.mainClass(), savepoint, complete.arguments());
    awaitRunning(cluster, id);
    new SubmittedJob(id, epoch, complete.arguments()).write(stack.home(), complete.jobName());
    System.out.println(id + " " + cluster.address() + "/#/job/running/" + id + "/overview");
    return 0;
  }

  /** Jobs of the local cluster read a password from a file; it never travels with the job. */
  private Optional<Path> passwordFile(LocalStack stack, PostgresAddress postgres)
      throws IOException {
    if (postgres.password().isEmpty()
        || settings().flinkHome().isPresent()
        || options.containsKey("postgres.password-file")) {
      return Optional.empty();
    }
    Path file = stack.home().postgresPassword();
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, postgres.password().get());
    return Optional.of(file);
  }

  private void requireReady(
      FlinkCluster cluster, JobConfiguration configuration, PostgresAddress postgres) {
    if (!cluster.answers()) {
      throw CommandFailure.failed(
          "Flink at " + cluster.address() + " does not answer: run scripts/stack up");
    }
    Optional<FlinkJob> running = cluster.liveJob(configuration.jobName());
    if (running.isPresent()) {
      throw CommandFailure.failed(
          "%s already runs as %s (%s): stop it first with scripts/stop %s"
              .formatted(
                  configuration.jobName(),
                  running.get().id(),
                  running.get().state(),
                  job + deploymentOption(configuration)));
    }
    List<String> absent = configuration.kafka().absent(configuration.topics());
    if (!absent.isEmpty()) {
      throw CommandFailure.failed(
          "topics are missing: %s; run scripts/topics apply%s"
              .formatted(String.join(", ", absent), deploymentOption(configuration)));
    }
    new Migrations(postgres, configuration.deployment()).apply();
  }

  private static String deploymentOption(JobConfiguration configuration) {
    String name = configuration.deployment().name();
    return name.isEmpty() ? "" : " --deployment " + name;
  }

  private void examine(Savepoint savepoint) throws IOException {
    if (savepoint.directory().isEmpty()) {
      System.err.println(
          "warning: the savepoint is not on this machine, so its age and its job are not checked");
      return;
    }
    Optional<SavepointDescription> description =
        SavepointDescription.read(savepoint.directory().get());
    if (description.isEmpty()) {
      System.err.println(
          "warning: no thalweg.json beside the savepoint, so its age and its job are not checked");
      return;
    }
    if (!description.get().job().equals(job)) {
      throw CommandFailure.wrongInput(
          "the savepoint is one of the job '%s', not of '%s'"
              .formatted(description.get().job(), job));
    }
    if (description.get().isOlderThanTransactions(Instant.now())) {
      System.err.printf(
          "warning: the savepoint is older (%s) than Kafka keeps transactions open: fine if the job ended"
              + " when it was taken, else records may be missing; compare the ledger%n",
          description.get().createdAt());
    }
  }

  private void awaitRunning(FlinkCluster cluster, String id) {
    boolean settled =
        Waiting.until(
            () ->
                cluster.allTasksRun(id)
                    || cluster.state(id).filter("FAILED"::equals).isPresent()
                    || cluster.failure(id).isPresent(),
            RUNNING_WITHIN);
    if (settled && cluster.allTasksRun(id)) {
      return;
    }
    String reason = cluster.failure(id).orElse("its tasks do not start; are enough slots free?");
    cluster.cancel(id);
    throw CommandFailure.failed(
        "%s does not run and was cancelled: %s; see %s/#/job/%s/exceptions"
            .formatted(job, reason, cluster.address(), id));
  }

  private static Path jobJar(Path root) throws IOException {
    Path target = root.resolve("jobs").resolve("target");
    try (var files = Files.newDirectoryStream(target, "thalweg-jobs-*-job.jar")) {
      List<Path> jars = new ArrayList<>();
      files.forEach(jars::add);
      if (jars.size() != 1) {
        throw CommandFailure.failed(
            "%s holds %d job jars: build again with ./mvnw clean package -DskipTests"
                .formatted(target, jars.size()));
      }
      return jars.get(0);
    }
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
