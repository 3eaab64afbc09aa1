package dev.thalweg.cli;

import dev.thalweg.cli.contracts.DiffContracts;
import dev.thalweg.cli.contracts.LintContracts;
import dev.thalweg.cli.contracts.ListContracts;
import dev.thalweg.cli.contracts.ShowContract;
import picocli.CommandLine.Command;

/** {@code contracts lint|list|show|diff|export}. */
@Command(
    name = "contracts",
    description =
        "Checks contracts, lists and shows them, tells versions apart, and derives documents.",
    mixinStandardHelpOptions = true,
    versionProvider = ThalwegVersion.class,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Without a directory the library's own contracts are meant: schemas/src/main/avro/contracts.",
      "Example: scripts/contracts lint my-contracts"
    },
    subcommands = {
      LintContracts.class,
      ListContracts.class,
      ShowContract.class,
      DiffContracts.class,
      ContractsExport.class,
    })
final class ContractsCommand {}
