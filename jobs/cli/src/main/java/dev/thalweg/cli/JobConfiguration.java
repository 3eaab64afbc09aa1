package dev.thalweg.cli;

import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.jobs.JobConfig;
import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a job, read and checked by the job's own reader.
 *
 * @param job which job
 * @param arguments what its main method is given
 * @param config what the job makes of them
 */
record JobConfiguration(KnownJob job, List<String> arguments, JobConfig config) {

  /**
   * What the job will be submitted with. Kafka and PostgreSQL are those of the stack, unless the
   * user's own file or options say otherwise; what the user typed goes last and wins.
   */
  static JobConfiguration toSubmit(
      KnownJob job,
      Path root,
      StackAddresses addresses,
      Optional<Path> overlay,
      Map<String, String> options) {
    List<String> own = new ArrayList<>();
    overlay.ifPresent(
        file -> {
          if (!Files.isReadable(file)) {
            throw CommandFailure.wrongInput("--config " + file + ": there is no such file");
          }
          own.addAll(List.of("--config", file.toAbsolutePath().toString()));
        });
    options.forEach((key, value) -> own.add("-D" + key + "=" + value));
    Settings chosen = Settings.ofArguments(own.toArray(String[]::new));
    List<String> arguments =
        new ArrayList<>(List.of("--base", job.baseFile(root).toAbsolutePath().toString()));
    if (chosen.withPrefixes(List.of("kafka.bootstrap")).isEmpty()) {
      arguments.add("-Dkafka.bootstrap=" + addresses.kafkaBootstrap());
    }
    if (chosen.withPrefixes(List.of("postgres.url")).isEmpty()) {
      arguments.add("-Dpostgres.url=" + addresses.postgres().jdbcUrl());
      arguments.add("-Dpostgres.user=" + addresses.postgres().user());
    }
    arguments.addAll(own);
    return of(job, arguments);
  }

  /** What a job was submitted with. */
  static JobConfiguration of(KnownJob job, List<String> arguments) {
    try {
      return new JobConfiguration(job, List.copyOf(arguments), job.read(arguments));
    } catch (ConfigException e) {
      throw CommandFailure.wrongInput(e);
    }
  }

  /** What a job was submitted with that runs, though its contracts may have gone since. */
  static JobConfiguration ofRunning(KnownJob job, List<String> arguments) {
    try {
      return of(job, arguments);
    } catch (CommandFailure e) {
      List<String> withoutContracts = new ArrayList<>(arguments);
      withoutContracts.add("-Dcontracts.path=");
      return of(job, withoutContracts);
    }
  }

  /** The same with what only a submission knows. */
  JobConfiguration with(long runEpoch, Optional<Instant> replayFrom, Optional<Path> passwordFile) {
    List<String> all = new ArrayList<>(arguments);
    all.add("-Dviews.run-epoch=" + runEpoch);
    replayFrom.ifPresent(time -> all.add("-D" + job.replayKey() + "=" + time));
    if (!config.contracts().location().isEmpty()) {
      // A relative path would mean another directory where the job runs.
      all.add("-Dcontracts.path=" + config.contracts().location());
    }
    passwordFile.ifPresent(file -> all.add("-Dpostgres.password-file=" + file));
    return of(job, all);
  }

  Deployment deployment() {
    return config.deployment();
  }

  /** The name under which the cluster knows the job. */
  String jobName() {
    return deployment().prefix(job.title());
  }

  /** The topics that it reads and writes. */
  List<String> topics() {
    return config.topics();
  }

  String consumerGroup() {
    return config.source().group();
  }

  Duration transactionTimeout() {
    return config.kafka().transactionTimeout();
  }

  KafkaConnection kafka() {
    return new KafkaConnection(config.kafka().bootstrap(), config.kafka().properties());
  }

  /** The database; the password is the one of the stack's address when that is what is used. */
  PostgresAddress postgres(StackAddresses addresses) {
    if (config.postgres().url().equals(addresses.postgres().jdbcUrl())
        && config.postgres().user().equals(addresses.postgres().user())) {
      return addresses.postgres();
    }
    return new PostgresAddress(config.postgres().url(), config.postgres().user(), password());
  }

  private Optional<String> password() {
    if (config.postgres().passwordFile().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(Path.of(config.postgres().passwordFile())).strip());
    } catch (IOException e) {
      throw CommandFailure.wrongInput(
          "postgres.password-file cannot be read: " + RootCause.of(e), e);
    }
  }
}
