package dev.thalweg.cli;

import dev.thalweg.cli.experiments.ApplyExperiment;
import dev.thalweg.cli.experiments.ListExperiments;
import dev.thalweg.cli.experiments.PlanExperiment;
import picocli.CommandLine.Command;

/** {@code experiments list|apply|plan}. */
@Command(
    name = "experiments",
    description = "Publishes and lists the definitions of experiments, and plans their samples.",
    mixinStandardHelpOptions = true,
    versionProvider = ThalwegVersion.class,
    usageHelpAutoWidth = true,
    footer = {"", "Example: scripts/experiments apply flink-conf/experiments/checkout.yaml"},
    subcommands = {ListExperiments.class, ApplyExperiment.class, PlanExperiment.class})
final class ExperimentsCommand {}
