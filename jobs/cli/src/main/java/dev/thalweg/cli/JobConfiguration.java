package dev.thalweg.cli;

import dev.thalweg.cli.stack.StackAddresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration of a job as it is submitted, checked by the job's own reader. */
final class JobConfiguration {

  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

  private final KnownJob job;
  private final Path base;
  private final Optional<Path> overlay;
  private final Map<String, String> options;

  private JobConfiguration(
      KnownJob job, Path base, Optional<Path> overlay, Map<String, String> options) {
    this.job = job;
    this.base = base;
    this.overlay = overlay;
    this.options = options;
  }

  static JobConfiguration load(
      KnownJob job, Path root, Optional<Path> overlay, Map<String, String> options) {
    overlay
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file -> {
              throw CommandFailure.wrongInput("--config " + file + ": there is no such file");
            });
    return new JobConfiguration(job, job.baseFile(root), overlay, options);
  }

  Deployment deployment() {
    return new Deployment(options.getOrDefault("deployment", ""));
  }

  String deploymentOption() {
    return deployment().name().isEmpty() ? "" : " --deployment " + deployment().name();
  }

  /** The name under which the cluster knows the job. */
  String jobName() {
    return deployment().qualified(job.title());
  }

  String consumerGroup() {
    return deployment().qualified("thalweg-" + job.title());
  }

  Duration transactionTimeout() {
    return TRANSACTION_TIMEOUT;
  }

  String kafkaBootstrap(StackAddresses addresses) {
    return options.getOrDefault("kafka.bootstrap", addresses.kafkaBootstrap());
  }

  /** What the job's main method is given; what the user typed goes last and wins. */
  List<String> arguments(StackAddresses addresses, long epoch, Optional<Instant> replayFrom) {
    List<String> arguments = new ArrayList<>(List.of("--base", base.toString()));
    overlay.ifPresent(
        file -> arguments.addAll(List.of("--config", file.toAbsolutePath().toString())));
    arguments.add("-Dkafka.bootstrap=" + addresses.kafkaBootstrap());
    arguments.add("-Dpostgres.url=" + addresses.postgres().jdbcUrl());
    arguments.add("-Dpostgres.user=" + addresses.postgres().user());
    arguments.add("-Dviews.run-epoch=" + epoch);
    replayFrom.ifPresent(time -> arguments.add("-Dkafka.replay-from=" + time));
    options.forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    return arguments;
  }
}
