package dev.thalweg.cli.trial;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.experiments.ExperimentOutput;
import dev.thalweg.jobs.experiments.ExperimentOutputSerializer;
import dev.thalweg.jobs.experiments.ExperimentsTopology;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRowSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the experiments topology over the accepted events of a trial, in this process. */
public final class ExperimentsTrial {
  /** A sample ends, so that no unit need be forgotten. */
  private static final Duration REMEMBERED = Duration.ofDays(36_501);

  private final CatalogFactory contracts;
  private final List<ExperimentDefinition> definitions;
  private final Duration disorder;
  private final Duration lateness;
  private final Path directory;

  /**
   * A trial.
   *
   * @param definitions versions of experiments, in the order of their topic
   * @param disorder how far the events lie behind one another in time
   * @param lateness how far beyond that they still count
   * @param directory the working directory of the trial whose events are scored
   */
  public ExperimentsTrial(
      CatalogFactory contracts,
      List<ExperimentDefinition> definitions,
      Duration disorder,
      Duration lateness,
      Path directory) {
    this.contracts = contracts;
    this.definitions = List.copyOf(definitions);
    this.disorder = disorder;
    this.lateness = lateness;
    this.directory = directory;
  }

  /** The scorecards over all accepted events, in their order. */
  public TrialScorecards run(TrialResult ingested) throws Exception {
    TrialScorecards scorecards = new TrialScorecards();
    if (ingested.accepted().count() == 0) {
      return scorecards;
    }
    Spool<ExperimentRow> rows =
        new Spool<>(directory.resolve("experiment-rows"), new ExperimentRowSerializer());
    long lastDefinition = definitions.size() - 1L;
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
    ExperimentsTopology.define(
        env,
        new ExperimentsTopology.Sources(
            ingested.accepted().source(),
            spooledDefinitions().source(),
            () -> Map.of(0, lastDefinition),
            Optional.empty()),
        new CanonicalReading(contracts, Optional.empty(), disorder, Duration.ofSeconds(10)),
        new AttributionConfig(lateness, REMEMBERED, Duration.ofSeconds(1)),
        new ExperimentsTopology.Sinks(
            rows,
            new Spool<ExperimentOutput>(
                directory.resolve("experiment-outputs"), new ExperimentOutputSerializer()),
            Optional.empty(),
            new LedgerFile(directory.resolve("experiments-ledger"))));
    env.execute("try");
    rows.read(scorecards::apply);
    return scorecards;
  }

  private RecordSpool spooledDefinitions() throws IOException {
    try (RecordSpool spool = new RecordSpool(directory.resolve("definitions"))) {
      for (ExperimentDefinition definition : definitions) {
        Origin origin = new Origin("experiments.definitions", 0, spool.count(), 0);
        spool.add(
            new RawRecord(
                definition.key().getBytes(StandardCharsets.UTF_8),
                DefinitionJson.write(definition).getBytes(StandardCharsets.UTF_8),
                origin));
      }
      return spool;
    }
  }
}
