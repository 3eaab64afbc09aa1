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

  private static final Duration ENDED_WITHIN = Duration.ofMinutes(30);
  private static final Duration SHOWN_EVERY = Duration.ofSeconds(10);

  @Parameters(paramLabel = "JOB", description = "the job: ingest")
  private String job;

  @Option(
      names = "--drain",
      description =
          "let windows and timers fire as if time had ended; only before a job goes for good")
  private boolean drain;

  @Mixin private DeploymentOption deployment;

  @Override
  public Integer call() throws IOException {
    KnownJob known = KnownJob.named(job);
    LocalStack stack = stack();
    StackAddresses addresses = stack.addresses();
    FlinkCluster cluster = new FlinkCluster(addresses.flink());
    if (!cluster.answers()) {
      throw CommandFailure.failed("Flink at " + cluster.address() + " does not answer");
    }
    String name = deployment.get().prefix(known.title());
    FlinkJob running =
        cluster.liveJob(name).orElseThrow(() -> CommandFailure.failed(name + " does not run"));
    Optional<SubmittedJob> submitted =
        SubmittedJob.read(stack.home(), name).filter(last -> last.id().equals(running.id()));
    JobConfiguration configuration =
        submitted.isPresent()
            ? JobConfiguration.of(known, submitted.get().arguments())
            : JobConfiguration.toSubmit(
                known,
                settings().root(),
                addresses,
                Optional.empty(),
                Map.of("deployment", deployment.get().name()));
    System.err.println("stopping " + running.name() + " with a savepoint");
    Savepoint savepoint = stop(cluster, running, stack);
    if (savepoint.directory().isPresent()) {
      describe(configuration, submitted, addresses).write(savepoint.directory().get());
    }
    System.out.println(savepoint.directory().map(Object::toString).orElse(savepoint.location()));
    return 0;
  }

  private Savepoint stop(FlinkCluster cluster, FlinkJob running, LocalStack stack) {
    Optional<String> target =
        settings().flinkHome().isPresent()
            ? Optional.empty()
            : Optional.of(stack.home().savepoints().toUri().toString());
    String request = cluster.stopWithSavepoint(running.id(), target, drain);
    long begin = System.nanoTime();
    SavepointRequest state = cluster.savepoint(running.id(), request);
    while (!state.ended() && System.nanoTime() - begin < ENDED_WITHIN.toNanos()) {
      if (!Waiting.until(() -> cluster.savepoint(running.id(), request).ended(), SHOWN_EVERY)) {
        System.err.printf(
            "  still writing the savepoint, %d s%n", (System.nanoTime() - begin) / 1_000_000_000L);
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
    ContractCatalog contracts = ContractCatalog.fromClassPath();
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
