package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.DeploymentOption;
import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.jobs.kafka.PublishedVersions;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code experiments list}. */
@Command(name = "list", description = "Lists all versions of all experiments that were published.")
public final class ListExperiments extends ThalwegCommand {
  @Mixin private DeploymentOption deployment;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PublishedVersions versions =
        DefinitionsTopic.of(addresses().kafkaBootstrap(), deployment.get()).read();
    PrintWriter out = spec.commandLine().getOut();
    out.println(table(versions));
    out.flush();
    if (!versions.faults().isEmpty()) {
      throw CommandFailure.failed(
          "the topic of definitions was written past apply: "
              + String.join("; ", versions.faults()));
    }
    return 0;
  }

  static TextTable table(PublishedVersions versions) {
    TextTable table =
        TextTable.of("experiment", "version", "phase", "from", "stop", "variants", "owner")
            .alignRight(1)
            .alignRight(2);
    versions.all().forEach(definition -> table.row(row(definition)));
    return table;
  }

  private static List<String> row(ExperimentDefinition definition) {
    boolean hasStop = definition.stop() != ExperimentDefinition.NEVER;
    return List.of(
        definition.experiment(),
        Integer.toString(definition.version()),
        Integer.toString(definition.phase()),
        Instant.ofEpochMilli(definition.effectiveFrom()).toString(),
        hasStop ? Instant.ofEpochMilli(definition.stop()).toString() : "-",
        definition.design().allocation().variants().stream()
            .map(variant -> variant.name() + " " + variant.weight())
            .collect(Collectors.joining(", ")),
        definition.owner());
  }
}
