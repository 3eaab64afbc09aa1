package dev.thalweg.cli.experiments;

import dev.thalweg.cli.DeploymentOption;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code experiments apply FILE [--dry-run]}. */
@Command(
    name = "apply",
    description =
        "Publishes an experiment as its next version, unless it says what the newest says.",
    footer = {
      "",
      "A version is never rewritten. Of two that apply at once, one publishes and the other is told"
          + " to run again."
    })
public final class ApplyExperiment extends ThalwegCommand {
  @Mixin private ExperimentArgument experiment;

  @Option(names = "--dry-run", description = "print what would be published, and publish nothing")
  private boolean dryRun;

  @Mixin private DeploymentOption deployment;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ExperimentDefinition wanted = experiment.read();
    DefinitionsTopic topic = DefinitionsTopic.of(addresses().kafkaBootstrap(), deployment.get());
    PrintWriter out = spec.commandLine().getOut();
    if (dryRun) {
      NextVersion next = NextVersion.of(wanted, topic.read());
      out.println(told(next, "would be published as"));
      if (next.isNew()) {
        out.println(DefinitionJson.write(next.definition()));
      }
    } else {
      out.println(told(apply(wanted, topic), "published as"));
    }
    out.flush();
    return 0;
  }

  /** Publishes the next version where there is one. */
  static NextVersion apply(ExperimentDefinition wanted, DefinitionsTopic topic) {
    topic.check();
    try (DefinitionPublisher publisher = DefinitionPublisher.open(topic)) {
      NextVersion next = NextVersion.of(wanted, topic.read());
      if (next.isNew()) {
        publisher.publish(next.definition());
      }
      return next;
    }
  }

  private static String told(NextVersion next, String verb) {
    ExperimentDefinition definition = next.definition();
    return next.isNew()
        ? "%s: %s version %d, phase %d"
            .formatted(definition.experiment(), verb, definition.version(), definition.phase())
        : "%s: unchanged, version %d, phase %d"
            .formatted(definition.experiment(), definition.version(), definition.phase());
  }
}
