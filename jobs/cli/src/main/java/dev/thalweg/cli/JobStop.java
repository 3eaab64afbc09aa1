package dev.thalweg.cli;

import dev.thalweg.cli.flink.FlinkCluster;
import dev.thalweg.cli.flink.FlinkJob;
import dev.thalweg.cli.flink.Savepoint;
import dev.thalweg.cli.flink.SavepointDescription;
import dev.thalweg.cli.flink.SavepointRequest;
import dev.thalweg.cli.kafka.GroupOffsets;
import dev.thalweg.cli.postgres.RunEpochs;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.cli.stack.StackSettings;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.PipelineVersion;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Stops a job with a savepoint, and describes the savepoint. */
public final class JobStop {

  private static final Duration ENDED_WITHIN = Duration.ofMinutes(30);
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(10);

  private final StackSettings settings;
  private final LocalStack stack;
  private final Progress progress;

  /** Stops jobs of that stack. */
  public JobStop(StackSettings settings, LocalStack stack, Progress progress) {
    this.settings = settings;
    this.stack = stack;
    this.progress = progress;
  }

  /**
   * Stops.
   *
   * @param job name of the job
   * @param deployment whose job
   * @param drain whether time ends for it
   */
  public Savepoint stop(String job, Deployment deployment, boolean drain) throws IOException {
    KnownJob known = KnownJob.named(job);
    StackAddresses addresses = stack.addresses();
    FlinkCluster cluster = new FlinkCluster(addresses.flink());
    if (!cluster.answers()) {
      throw CommandFailure.failed("Flink at " + cluster.address() + " does not answer");
    }
    String name = deployment.prefix(known.title());
    FlinkJob running =
        cluster.liveJob(name).orElseThrow(() -> CommandFailure.failed(name + " does not run"));
    Optional<SubmittedJob> submitted =
        SubmittedJob.read(stack.home(), name).filter(last -> last.id().equals(running.id()));
    JobConfiguration configuration =
        submitted.isPresent()
            ? JobConfiguration.ofRunning(known, submitted.get().arguments())
            : JobConfiguration.toSubmit(
                known,
                settings.root(),
                addresses,
                Optional.empty(),
                Map.of("deployment", deployment.name()));
    progress.say("stopping " + running.name() + " with a savepoint");
    Savepoint savepoint = stop(cluster, running, drain);
    if (savepoint.directory().isPresent()) {
      describe(configuration, submitted, addresses).write(savepoint.directory().get());
    }
    return savepoint;
  }

  private Savepoint stop(FlinkCluster cluster, FlinkJob running, boolean drain) {
    Optional<String> target =
        settings.flinkHome().isPresent()
            ? Optional.empty()
            : Optional.of(stack.home().savepoints().toUri().toString());
    String request = cluster.stopWithSavepoint(running.id(), target, drain);
    long begin = System.nanoTime();
    SavepointRequest state = cluster.savepoint(running.id(), request);
    while (!state.ended() && System.nanoTime() - begin < ENDED_WITHIN.toNanos()) {
      if (!Waiting.until(() -> cluster.savepoint(running.id(), request).ended(), SHOWN_EVERY)) {
        progress.say(
            "  still writing the savepoint, %d s"
                .formatted((System.nanoTime() - begin) / 1_000_000_000L));
      }
      state = cluster.savepoint(running.id(), request);
    }
    String location =
        state
            .location()
            .orElseThrow(
                () ->
                    CommandFailure.failed(
                        "%s goes on, the savepoint failed: %s"
                            .formatted(
                                running.name(),
                                cluster
                                    .savepoint(running.id(), request)
                                    .failure()
                                    .orElse("no reason given"))));
    Waiting.until(() -> cluster.liveJob(running.name()).isEmpty(), SHOWN_EVERY);
    return Savepoint.at(location);
  }

  private static SavepointDescription describe(
      JobConfiguration configuration, Optional<SubmittedJob> submitted, StackAddresses addresses) {
    ContractCatalog contracts = configuration.config().contracts().catalog().load();
    Map<String, List<Integer>> versions =
        Stream.concat(contracts.events().stream(), contracts.records().stream())
            .collect(
                Collectors.groupingBy(
                    Contract::type,
                    TreeMap::new,
                    Collectors.mapping(Contract::version, Collectors.toList())));
    return new SavepointDescription(
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        configuration.job().title(),
        submitted
            .map(SubmittedJob::runEpoch)
            .orElseGet(
                () ->
                    new RunEpochs(configuration.postgres(addresses), configuration.deployment())
                        .latest(configuration.job().title())),
        new GroupOffsets(configuration.kafka()).committed(configuration.consumerGroup()),
        PipelineVersion.current(),
        versions,
        configuration.transactionTimeout().toMillis());
  }
}
