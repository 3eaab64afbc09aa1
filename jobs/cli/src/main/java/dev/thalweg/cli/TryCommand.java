package dev.thalweg.cli;

import dev.thalweg.cli.input.InputException;
import dev.thalweg.cli.input.InputFile;
import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.MappingException;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.stack.FileTree;
import dev.thalweg.cli.trial.ExperimentsTrial;
import dev.thalweg.cli.trial.MetricsTrial;
import dev.thalweg.cli.trial.ScorecardReport;
import dev.thalweg.cli.trial.Trial;
import dev.thalweg.cli.trial.TrialReport;
import dev.thalweg.cli.trial.TrialResult;
import dev.thalweg.cli.trial.TrialScorecards;
import dev.thalweg.cli.trial.TrialViews;
import dev.thalweg.cli.trial.ViewsReport;
import dev.thalweg.jobs.config.ConfigException;
import dev.thalweg.jobs.experiments.ExperimentFile;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.jobs.metrics.MetricsFile;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.metrics.MetricsConfig;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code try FILE [--mapping M] [--metrics F] [--experiment F] [--contracts DIR] [--csv]}. */
@Command(
    name = "try",
    description = "Runs the ingest job over a sample file in one process: no cluster, no broker.",
    footer = {
      "",
      "Prints what became of each line: the ledger, accepted events by type, dead letters with line and reason.",
      "With --metrics the first rows of each view; with --csv all of them. With --experiment its scorecard.",
      "Example: scripts/try orders.csv --mapping flink-conf/mappings/orders.yaml --show 3"
    })
final class TryCommand extends ThalwegCommand {
  /** A sample ends, so that minutes may wait until then, whatever the order of its lines. */
  private static final Duration ANY = Duration.ofDays(36_500);

  @Parameters(paramLabel = "FILE", description = "NDJSON, or what the mapping reads")
  private Path file;

  @Option(names = "--mapping", paramLabel = "M", description = "turns rows into events")
  private Path mapping;

  @Option(
      names = "--metrics",
      paramLabel = "F",
      description = "also show the views that this file of metrics declares")
  private Path metrics;

  @Option(
      names = "--experiment",
      paramLabel = "F",
      description = "also show the scorecard of the experiment that this file defines")
  private Path experiment;

  @Mixin private ContractsOption contracts;

  @Option(names = "--csv", description = "tables as CSV, an empty line between them")
  private boolean csv;

  @Option(
      names = "--show",
      paramLabel = "N",
      description = "also print the first N accepted events",
      defaultValue = "0")
  private int show;

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw CommandFailure.wrongInput(file + ": there is no such file to read");
    }
    Path work = Files.createTempDirectory("thalweg-try");
    try {
      IngestConfig config = config();
      ContractCatalog catalog = config.contracts().catalog().load();
      Optional<MetricsConfig> declared = readMetrics(catalog);
      Optional<ExperimentDefinition> defined = readExperiment(catalog);
      try (InputFile input = InputFile.open(file, readMapping(), catalog)) {
        if (!input.hasNext()) {
          throw CommandFailure.wrongInput(file + " holds no events");
        }
        Trial trial = new Trial(config, work, Instant.now());
        TrialResult result = trial.run(input, Collections.emptyIterator(), show);
        new TrialReport(result, new RecordJson(catalog)).print(System.out, csv);
        if (declared.isPresent()) {
          TrialViews views =
              new MetricsTrial(config.contracts().catalog(), declared.get(), work).run(result);
          new ViewsReport(views).print(System.out, csv);
        }
        if (defined.isPresent()) {
          TrialScorecards scorecards =
              new ExperimentsTrial(
                      config.contracts().catalog(), List.of(defined.get()), ANY, ANY, work)
                  .run(result);
          new ScorecardReport(scorecards.view(defined.get())).print(System.out, csv);
        }
      }
      return 0;
    } catch (ConfigException e) {
      throw CommandFailure.wrongInput(e);
    } catch (InputException | MappingException | ContractException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    } finally {
      FileTree.delete(work);
    }
  }

  private Optional<Mapping> readMapping() throws IOException {
    if (mapping == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(mapping)) {
      throw CommandFailure.wrongInput("--mapping " + mapping + ": there is no such file");
    }
    Mapping read = MappingFile.read(mapping);
    if (read.writesProfiles()) {
      throw CommandFailure.wrongInput(
          "--mapping "
              + mapping
              + " writes profiles: try takes one that writes events; produce profiles to a stack");
    }
    return Optional.of(read);
  }

  private Optional<MetricsConfig> readMetrics(ContractCatalog catalog) {
    if (metrics == null) {
      return Optional.empty();
    }
    if (!Files.isReadable(metrics)) {
      throw CommandFailure.wrongInput("--metrics " + metrics + ": there is no such file");
    }
    return Optional.of(MetricsFile.read(metrics, catalog));
  }

  private Optional<ExperimentDefinition> readExperiment(ContractCatalog catalog) {
    return Optional.ofNullable(experiment).map(file -> ExperimentFile.read(file, catalog));
  }

  private IngestConfig config() {
    Path base = KnownJob.named("ingest").baseFile(settings().root());
    // The sample is judged here alone, also where the job's own file names a schema registry.
    List<String> args = new ArrayList<>(List.of("--base", base.toString(), "-Dregistry.url="));
    contracts.directory().ifPresent(path -> args.add("-Dcontracts.path=" + path));
    return IngestConfig.load(args.toArray(String[]::new));
  }
}
