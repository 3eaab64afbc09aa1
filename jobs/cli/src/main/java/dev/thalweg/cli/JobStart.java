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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a job on a cluster, after checking its configuration, topics, tables and savepoint. */
public final class JobStart {

  private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);

  private final StackSettings settings;
  private final LocalStack stack;
  private final Progress progress;

  /** Starts jobs on that stack. */
  public JobStart(StackSettings settings, LocalStack stack, Progress progress) {
    this.settings = settings;
    this.stack = stack;
    this.progress = progress;
  }

  /**
   * Submits and waits until every task runs.
   *
   * @param job name of the job
   * @param config laid over the job's file
   * @param from savepoint to begin with
   * @param replay arrival time to read from
   * @param options options of the job, over all files
   * @return Flink's id of the job
   */
  public String start(
      String job,
      Optional<Path> config,
      Optional<String> from,
      Optional<Instant> replay,
      Map<String, String> options)
      throws IOException {
    KnownJob known = KnownJob.named(job);
    StackAddresses addresses = stack.addresses();
    JobConfiguration checked =
        JobConfiguration.toSubmit(known, settings.root(), addresses, config, options);
    Optional<Savepoint> savepoint = from.map(path -> Savepoint.at(path).requirePresent());
    if (savepoint.isPresent()) {
      examine(savepoint.get(), job);
    }
    FlinkCluster cluster = new FlinkCluster(addresses.flink());
    PostgresAddress postgres = checked.postgres(addresses);
    requireReady(cluster, checked, postgres);

    long epoch =
        new RunEpochs(postgres, checked.deployment())
            .next(checked.job().title(), savepoint.map(Savepoint::location), replay);
    JobConfiguration complete = checked.with(epoch, replay, passwordFile(postgres, options));
    progress.say("submitting " + complete.jobName() + ", run " + epoch);
    Path log = stack.home().logs().resolve("submit.log");
    Files.createDirectories(log.getParent());
    String id =
        new JobSubmission(settings.root(), settings.flinkHome(), addresses.flinkConf(), log)
            .submit(jobJar(settings.root()), known.mainClass(), savepoint, complete.arguments());
    awaitRunning(cluster, id, job);
    new SubmittedJob(id, epoch, complete.arguments()).write(stack.home(), complete.jobName());
    return id;
  }

  /** Jobs of the local cluster read a password from a file; it never travels with the job. */
  private Optional<Path> passwordFile(PostgresAddress postgres, Map<String, String> options)
      throws IOException {
    if (postgres.password().isEmpty()
        || settings.flinkHome().isPresent()
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

  private static void requireReady(
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
                  configuration.job().title() + deploymentOption(configuration)));
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

  private void examine(Savepoint savepoint, String job) throws IOException {
    if (savepoint.directory().isEmpty()) {
      progress.say(
          "warning: the savepoint is not on this machine, so its age and its job are not checked");
      return;
    }
    Optional<SavepointDescription> description =
        SavepointDescription.read(savepoint.directory().get());
    if (description.isEmpty()) {
      progress.say(
          "warning: no thalweg.json beside the savepoint, so its age and its job are not checked");
      return;
    }
    if (!description.get().job().equals(job)) {
      throw CommandFailure.wrongInput(
          "the savepoint is one of the job '%s', not of '%s'"
              .formatted(description.get().job(), job));
    }
    if (description.get().isOlderThanTransactions(Instant.now())) {
      progress.say(
          "warning: the savepoint is older (%s) than Kafka keeps transactions open: fine if the job ended when it was taken, else records may be missing; compare the ledger"
              .formatted(description.get().createdAt()));
    }
  }

  private static void awaitRunning(FlinkCluster cluster, String id, String job) {
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
    boolean ended = cluster.state(id).filter("FAILED"::equals).isPresent();
    if (!ended) {
      cluster.cancel(id);
    }
    throw CommandFailure.failed(
        "%s does not run%s: %s; see %s/#/job/%s/exceptions"
            .formatted(job, ended ? "" : " and was cancelled", reason, cluster.address(), id));
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
}
