package dev.thalweg.cli.demo;

import dev.thalweg.cli.check.DecisionsCheck;
import dev.thalweg.cli.check.DecisionsCheck.Required;
import dev.thalweg.cli.check.ExperimentTruth;
import dev.thalweg.cli.check.ExperimentsCheck;
import dev.thalweg.cli.check.ExperimentsTruth;
import dev.thalweg.cli.experiments.Publications;
import dev.thalweg.cli.scorecard.ExperimentView;
import dev.thalweg.cli.scorecard.ExperimentsPage;
import dev.thalweg.cli.scorecard.ExperimentsSnapshot;
import dev.thalweg.cli.scorecard.Glyphs;
import dev.thalweg.cli.scorecard.ScorecardText;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.jobs.Deployment;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.statistics.SampleRatio;
import dev.thalweg.schemas.Failure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The experiments of a demo: published before, compared and shown at the end. */
public final class DemoExperiments {
  /** With so many records nearly every stream shows that exposures are missing. */
  private static final long ENOUGH_TO_MISS = 20_000;

  /** With so many, nearly every stream shows at any look all that was planted. */
  private static final long ENOUGH_TO_DECIDE = 100_000;

  private static final Deployment DEPLOYMENT = new Deployment("");

  private final LocalStack stack;

  /** Experiments on that stack. */
  public DemoExperiments(LocalStack stack) {
    this.stack = stack;
  }

  private Publications publications() {
    return new Publications(stack.addresses().kafkaBootstrap(), DEPLOYMENT);
  }

  /** Publishes what was planted, if anything was. */
  public void publish(Optional<PlantedExperiments> planted) {
    planted.ifPresent(experiments -> publications().apply(experiments.definitions()));
  }

  /**
   * Every difference between what the views show and what they must show.
   *
   * @param events what was committed
   * @param truth what had to become of all records
   */
  List<String> differences(
      PlantedExperiments planted, ExperimentsTruth events, Truth truth, Duration patience)
      throws SQLException {
    List<String> differences = new ArrayList<>(numbers(planted, events, truth, patience));
    if (truth.consumed() >= ENOUGH_TO_MISS) {
      differences.addAll(unseen(planted, events));
    }
    if (truth.consumed() >= ENOUGH_TO_DECIDE) {
      differences.addAll(
          new DecisionsCheck(stack.addresses().postgres(), DEPLOYMENT.schema(), decisions(planted))
              .await(patience));
    }
    return differences;
  }

  /** The same of numbers alone, which do not depend on how much was sent. */
  public List<String> numbers(
      PlantedExperiments planted, ExperimentsTruth events, Truth truth, Duration patience)
      throws SQLException {
    return new ExperimentsCheck(
            stack.addresses().postgres(), DEPLOYMENT.schema(), events, refused(planted, truth))
        .await(patience);
  }

  private static List<String> unseen(PlantedExperiments planted, ExperimentsTruth events) {
    String experiment = planted.withoutEffect().experiment();
    ExperimentTruth.Health health = events.experiments().get(experiment).health();
    return health.sampleRatio() < SampleRatio.ALERT
        ? List.of()
        : List.of(
            "sample ratio of %s: expected to be broken, found p = %s"
                .formatted(experiment, health.sampleRatio()));
  }

  private static String treatment(ExperimentDefinition definition) {
    return definition.design().allocation().variants().stream()
        .map(variant -> variant.name())
        .filter(name -> !name.equals(definition.design().allocation().baseline()))
        .findFirst()
        .orElseThrow();
  }

  /** Exposures of nothing else are refused. */
  private static Map<String, Long> refused(PlantedExperiments planted, Truth truth) {
    Failure failure = Failure.SCHEMA_VIOLATION;
    long events = truth.deadLetters(failure).getOrDefault("experiment_exposed", 0L);
    ExperimentDefinition definition = planted.withoutEffect();
    String cause =
        "%s %s %s".formatted(definition.experiment(), treatment(definition), failure.label());
    return events == 0 ? Map.of() : Map.of(cause, events);
  }

  private static Map<String, Required> decisions(PlantedExperiments planted) {
    return Map.of(
        planted.withEffect().experiment(),
        new Required("ship", treatment(planted.withEffect()), ""),
        planted.withoutEffect().experiment(),
        new Required("review", "", Failure.SCHEMA_VIOLATION.label()));
  }

  /**
   * Prints the scorecards of all experiments and writes them as a page.
   *
   * @return the page, if there are experiments
   */
  public Optional<Path> show(PrintStream out) throws IOException, SQLException {
    ExperimentsSnapshot snapshot =
        ExperimentsSnapshot.read(
            stack.addresses().postgres(), DEPLOYMENT.schema(), publications().all());
    if (snapshot.experiments().isEmpty()) {
      return Optional.empty();
    }
    Glyphs glyphs = Glyphs.of(Glyphs.terminal());
    for (ExperimentView experiment : snapshot.experiments()) {
      out.println();
      ScorecardText.lines(experiment.newest(), glyphs).forEach(out::println);
    }
    Path page = stack.home().reports().resolve("experiments.html");
    Files.createDirectories(page.getParent());
    ExperimentsPage.of(snapshot, Instant.now()).write(page);
    return Optional.of(page);
  }
}
