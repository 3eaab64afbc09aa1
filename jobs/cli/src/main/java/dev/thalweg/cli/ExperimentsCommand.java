package dev.thalweg.cli;

import dev.thalweg.cli.experiments.ApplyExperiment;
import dev.thalweg.cli.experiments.ListExperiments;
import dev.thalweg.cli.experiments.PlanExperiment;
import dev.thalweg.cli.experiments.ShowExperiment;
import picocli.CommandLine.Command;

/** {@code experiments list|apply|plan|show}. */
@Command(
    name = "experiments",
    description =
        "Publishes and lists experiments, plans their samples, and shows their scorecards.",
    mixinStandardHelpOptions = true,
    versionProvider = ThalwegVersion.class,
    usageHelpAutoWidth = true,
    footer = {"", "Example: scripts/experiments apply flink-conf/experiments/checkout.yaml"},
    subcommands = {
      ListExperiments.class,
      ApplyExperiment.class,
      PlanExperiment.class,
      ShowExperiment.class
    })
final class ExperimentsCommand {}
