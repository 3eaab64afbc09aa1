package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.ContractsOption;
import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code FILE [--contracts DIR]}: an experiment, checked against contracts. */
final class ExperimentArgument {
  @Parameters(
      paramLabel = "FILE",
      description = "an experiment, such as flink-conf/experiments/checkout.yaml")
  private Path file;

  @Mixin private ContractsOption contracts;

  /** The experiment; all mistakes of its file are wrong input. */
  ExperimentDefinition read() {
    return read(file, contracts.catalog());
  }

  static ExperimentDefinition read(Path file, ContractCatalog catalog) {
    try {
      return ExperimentFile.read(file, catalog);
    } catch (ConfigException e) {
      throw CommandFailure.wrongInput(e);
    }
  }
}
