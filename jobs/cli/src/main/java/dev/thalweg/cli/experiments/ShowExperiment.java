package dev.thalweg.cli.experiments;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.DeploymentOption;
import dev.thalweg.cli.RootCause;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.cli.scorecard.ExperimentView;
import dev.thalweg.cli.scorecard.ExperimentsPage;
import dev.thalweg.cli.scorecard.ExperimentsSnapshot;
import dev.thalweg.cli.scorecard.Glyphs;
import dev.thalweg.cli.scorecard.PhaseScorecard;
import dev.thalweg.cli.scorecard.ScorecardText;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code experiments show ID [--phase N] [--html FILE]}. */
@Command(
    name = "show",
    description = "Prints the scorecard of an experiment: decision, health, metrics.",
    footer = {"", "Example: scripts/experiments show checkout --html checkout.html"})
public final class ShowExperiment extends ThalwegCommand {
  @Parameters(paramLabel = "ID", description = "an experiment, as exposures carry it")
  private String id;

  @Option(
      names = "--phase",
      paramLabel = "N",
      description = "one of its phases; by default the newest that has numbers")
  private Integer phase;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "also write it there as a page with plots")
  private Path html;

  @Mixin private DeploymentOption deployment;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    DefinitionsTopic topic = DefinitionsTopic.of(addresses().kafkaBootstrap(), deployment.get());
    return show(topic, addresses().postgres(), deployment.get().schema());
  }

  /** Prints and writes what these two say. */
  int show(DefinitionsTopic topic, PostgresAddress postgres, String schema) {
    PrintWriter out = spec.commandLine().getOut();
    KnownDefinitions definitions = KnownDefinitions.read(topic);
    ExperimentsSnapshot snapshot = snapshot(postgres, schema, definitions.versions());
    ExperimentView view = view(snapshot, definitions);
    PhaseScorecard card = phase == null ? view.newest() : phase(view);
    Glyphs glyphs = Glyphs.of(Glyphs.terminal());
    ScorecardText.lines(card, glyphs).forEach(out::println);
    if (!definitions.missing().isEmpty()) {
      out.println();
      out.println("Owner, weights and guardrails are not known: " + definitions.missing());
    }
    out.flush();
    if (html != null) {
      write(snapshot.schema(), card);
      out.println("page: " + html.toAbsolutePath().normalize());
      out.flush();
    }
    return 0;
  }

  private static ExperimentsSnapshot snapshot(
      PostgresAddress postgres, String schema, List<ExperimentDefinition> definitions) {
    try {
      return ExperimentsSnapshot.read(postgres, schema, definitions);
    } catch (SQLException e) {
      throw CommandFailure.failed(
          "PostgreSQL at %s: %s; is the stack up?".formatted(postgres, RootCause.of(e)), e);
    }
  }

  private ExperimentView view(ExperimentsSnapshot snapshot, KnownDefinitions definitions) {
    return snapshot
        .experiment(id)
        .orElseThrow(
            () -> {
              List<String> ids =
                  snapshot.experiments().stream().map(ExperimentView::experiment).toList();
              String known = ids.isEmpty() ? "none" : String.join(", ", ids);
              String missing = definitions.missing();
              return CommandFailure.wrongInput(
                  "no experiment '%s'; there are: %s%s"
                      .formatted(id, known, missing.isEmpty() ? "" : " (" + missing + ")"));
            });
  }

  private PhaseScorecard phase(ExperimentView view) {
    if (!view.phases().contains(phase)) {
      throw CommandFailure.wrongInput(
          "--phase %d: %s has no such phase; there are: %s"
              .formatted(
                  phase,
                  id,
                  view.phases().stream().map(Object::toString).collect(Collectors.joining(", "))));
    }
    return view.phase(phase);
  }

  private void write(String schema, PhaseScorecard card) {
    try {
      ExperimentsPage.of(schema, card, Instant.now()).write(html);
    } catch (IOException e) {
      throw CommandFailure.failed("cannot write %s: %s".formatted(html, RootCause.of(e)), e);
    }
  }
}
