package dev.thalweg.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code contracts export}. */
@Command(
    name = "contracts",
    description = "What is derived from the event contracts.",
    subcommands = ContractsExport.class)
final class ContractsCommand extends ThalwegCommand {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand: export");
  }
}
