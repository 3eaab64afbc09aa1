package dev.thalweg.jobs.experiments;

import static dev.thalweg.jobs.Steps.step;

import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.operators.enrich.AwaitReferenceData;
import dev.thalweg.operators.enrich.ReferenceEnd;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributeOutcomes;
import dev.thalweg.operators.experiments.attribution.AttributionConfig;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.DecodeDefinitions;
import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.drops.DropsConfig;
import dev.thalweg.operators.experiments.drops.JoinDeadLetters;
import dev.thalweg.operators.experiments.routing.RouteExperiments;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import dev.thalweg.operators.experiments.routing.RoutedRecordSerializer;
import dev.thalweg.operators.experiments.scoring.ExperimentRow;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRowSerializer;
import dev.thalweg.operators.experiments.scoring.PhaseVersion;
import dev.thalweg.operators.experiments.scoring.ScoreExperiments;
import dev.thalweg.operators.experiments.selection.SelectHits;
import dev.thalweg.operators.experiments.selection.SelectionConfig;
import dev.thalweg.operators.flow.IgnoreTime;
import dev.thalweg.operators.ledger.CountConsumed;
import dev.thalweg.operators.ledger.KeepLedger;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.ledger.LedgerTally;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of the experiments job. */
public final class ExperimentsTopology {
  /** Of a refused record so much is looked at: an exposure that says what it is about does so. */
  private static final int LONGEST_LETTER = 64 << 10;

  private ExperimentsTopology() {}

  /**
   * Where the job reads.
   *
   * @param events canonical events
   * @param definitions definitions of experiments
   * @param definitionsEnd where the definitions end when the job starts
   * @param deadLetters dead letters, in which refused exposures are looked for; or none
   */
  public record Sources(
      Source<RawRecord, ?, ?> events,
      Source<RawRecord, ?, ?> definitions,
      ReferenceEnd definitionsEnd,
      Optional<Source<RawRecord, ?, ?>> deadLetters) {}

  /**
   * Where the job writes.
   *
   * @param views rows of all views; those of one key come to one writer, in order
   * @param messages scorecards, decisions, assignments, routed events and dead letters
   * @param promotions decisions to be acted on; none where they are only told
   * @param ledger the ledger
   */
  public record Sinks(
      Sink<ExperimentRow> views,
      Sink<ExperimentOutput> messages,
      Optional<Sink<ExperimentRow>> promotions,
      LedgerPublisher ledger) {}

  /** Defines the graph; does nothing else. */
  public static void define(
      StreamExecutionEnvironment env,
      Sources sources,
      CanonicalReading reading,
      AttributionConfig config,
      Sinks sinks) {
    var definitions = definitions(env, sources);
    var everywhere = definitions.broadcast();
    var consumed =
        step(
            ExperimentsSteps.COUNT_CONSUMED,
            readEvents(env, sources, reading)
                .transform("", MessageTypes.RAW_RECORD, new CountConsumed()));
    var selected = selected(consumed, everywhere, reading, config);
    var routed = routed(consumed, everywhere, reading, config);
    var attributed =
        step(
            ExperimentsSteps.ATTRIBUTE,
            selected
                .keyBy(UnitHits::unit, Types.STRING)
                .transform("", AttributionTypes.PHASE_DELTA, new AttributeOutcomes(config)));
    var changes =
        withDrops(
            attributed.union(selected.getSideOutput(SelectHits.INVALID)),
            drops(env, sources, everywhere, reading, config));
    var rows = scored(changes, definitions, config);

    step(ExperimentsSteps.WRITE_VIEWS, rows.sinkTo(sinks.views()));
    step(
        ExperimentsSteps.WRITE,
        rowsOut(rows)
            .union(
                assignmentsOut(attributed.getSideOutput(AttributeOutcomes.ASSIGNMENTS)),
                routedOut(routed),
                deadLettersOut(selected.getSideOutput(SelectHits.REFUSED)))
            .sinkTo(sinks.messages()));
    sinks.promotions().ifPresent(sink -> promote(rows, sink));
    keepLedger(
        consumed
            .getSideOutput(CountConsumed.counts())
            .union(selected.getSideOutput(LedgerTally.COUNTS)),
        sinks.ledger());
  }

  /** All rows are many, and one subtask promotes. */
  private static void promote(DataStream<ExperimentRow> rows, Sink<ExperimentRow> sink) {
    var promotions =
        step(
            ExperimentsSteps.SELECT_PROMOTIONS,
            rows.filter(row -> row instanceof Decided decided && decided.promotion() != null));
    step(ExperimentsSteps.PROMOTE, promotions.sinkTo(sink)).setParallelism(1);
  }

  private static SingleOutputStreamOperator<RawRecord> readEvents(
      StreamExecutionEnvironment env, Sources sources, CanonicalReading reading) {
    return step(
        ExperimentsSteps.READ_EVENTS,
        env.fromSource(sources.events(), reading.byEventTime(), "", MessageTypes.RAW_RECORD));
  }

  /** Definitions are few, and read by one subtask, which so knows when all were read. */
  private static SingleOutputStreamOperator<ExperimentDefinition> definitions(
      StreamExecutionEnvironment env, Sources sources) {
    var read =
        step(
                ExperimentsSteps.READ_DEFINITIONS,
                env.fromSource(
                    sources.definitions(),
                    WatermarkStrategy.noWatermarks(),
                    "",
                    MessageTypes.RAW_RECORD))
            .setParallelism(1);
    var awaited =
        step(
                ExperimentsSteps.AWAIT_DEFINITIONS,
                read.transform(
                    "", MessageTypes.RAW_RECORD, new AwaitReferenceData(sources.definitionsEnd())))
            .setParallelism(1);
    return step(
            ExperimentsSteps.DECODE_DEFINITIONS,
            awaited.process(new DecodeDefinitions(), DefinitionSerializer.TYPE))
        .setParallelism(1);
  }

  private static SingleOutputStreamOperator<UnitHits> selected(
      DataStream<RawRecord> events,
      DataStream<ExperimentDefinition> definitions,
      CanonicalReading reading,
      AttributionConfig config) {
    return step(
        ExperimentsSteps.SELECT,
        events
            .connect(definitions)
            .transform(
                "",
                AttributionTypes.UNIT_HITS,
                new SelectHits(
                    reading.contracts(),
                    reading.registry().orElse(null),
                    new SelectionConfig(config.lateness(), config.emit()))));
  }

  private static SingleOutputStreamOperator<RoutedRecord> routed(
      DataStream<RawRecord> events,
      DataStream<ExperimentDefinition> definitions,
      CanonicalReading reading,
      AttributionConfig config) {
    return step(
        ExperimentsSteps.ROUTE,
        events
            .connect(definitions)
            .transform(
                "",
                RoutedRecordSerializer.TYPE,
                new RouteExperiments(
                    reading.contracts(), reading.registry().orElse(null), config.lateness())));
  }

  /** Dead letters have a time of their own, which must not become that of the events. */
  private static Optional<DataStream<PhaseDelta>> drops(
      StreamExecutionEnvironment env,
      Sources sources,
      DataStream<ExperimentDefinition> definitions,
      CanonicalReading reading,
      AttributionConfig config) {
    return sources
        .deadLetters()
        .map(
            source -> {
              var letters =
                  step(
                      ExperimentsSteps.READ_DEAD_LETTERS,
                      env.fromSource(
                          source, WatermarkStrategy.noWatermarks(), "", MessageTypes.RAW_RECORD));
              var found =
                  step(
                      ExperimentsSteps.JOIN_DEAD_LETTERS,
                      letters
                          .connect(definitions)
                          .transform(
                              "",
                              AttributionTypes.PHASE_DELTA,
                              new JoinDeadLetters(
                                  reading.contracts(),
                                  reading.registry().orElse(null),
                                  new DropsConfig(LONGEST_LETTER, config.emit()))));
              return step(
                  ExperimentsSteps.IGNORE_TIME,
                  found.transform("", AttributionTypes.PHASE_DELTA, new IgnoreTime<>()));
            });
  }

  private static SingleOutputStreamOperator<ExperimentRow> scored(
      DataStream<PhaseDelta> changes,
      DataStream<ExperimentDefinition> definitions,
      AttributionConfig config) {
    var told =
        step(
                ExperimentsSteps.TELL_PHASES,
                definitions.flatMap(PhaseVersion::tell, PhaseVersion.TYPE))
            .setParallelism(1);
    return step(
        ExperimentsSteps.SCORE,
        changes
            .keyBy(delta -> delta.shape().key(), Types.STRING)
            .connect(told.keyBy(PhaseVersion::key, Types.STRING))
            .transform(
                "",
                ExperimentRowSerializer.TYPE,
                new ScoreExperiments(config.lateness(), config.emit())));
  }

  private static DataStream<PhaseDelta> withDrops(
      DataStream<PhaseDelta> changes, Optional<DataStream<PhaseDelta>> drops) {
    return drops.isPresent() ? changes.union(drops.get()) : changes;
  }

  private static DataStream<ExperimentOutput> rowsOut(DataStream<ExperimentRow> rows) {
    return step(
        ExperimentsSteps.COLLECT_ROWS, rows.map(ExperimentOutput.Row::new, ExperimentOutput.TYPE));
  }

  private static DataStream<ExperimentOutput> assignmentsOut(DataStream<UnitAssignment> assigned) {
    return step(
        ExperimentsSteps.COLLECT_ASSIGNMENTS,
        assigned.map(ExperimentOutput.Assignment::new, ExperimentOutput.TYPE));
  }

  private static DataStream<ExperimentOutput> routedOut(DataStream<RoutedRecord> routed) {
    return step(
        ExperimentsSteps.COLLECT_ROUTED,
        routed.map(ExperimentOutput.Routed::new, ExperimentOutput.TYPE));
  }

  private static DataStream<ExperimentOutput> deadLettersOut(DataStream<Message> letters) {
    return step(
        ExperimentsSteps.COLLECT_DEAD_LETTERS,
        letters.map(ExperimentOutput.Letter::new, ExperimentOutput.TYPE));
  }

  private static void keepLedger(DataStream<LedgerEntry> counts, LedgerPublisher ledger) {
    step(ExperimentsSteps.KEEP_LEDGER, counts.transform("", Types.VOID, new KeepLedger(ledger)))
        .forceNonParallel();
  }
}
