package dev.thalweg.jobs.experiments;

import dev.thalweg.jobs.JobEnvironment;
import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.kafka.DefinitionLog;
import dev.thalweg.jobs.kafka.KafkaEnds;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresExperiments;
import dev.thalweg.jobs.postgres.PostgresLedger;
import dev.thalweg.jobs.postgres.PromotionSink;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.experiments.selection.SelectHits;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The experiments job on Kafka and PostgreSQL. */
public final class ExperimentsJob {
  private ExperimentsJob() {}

  /** Submits the job; arguments as {@link ExperimentsJobConfig#load} takes them. */
  public static void main(String[] args) throws Exception {
    ExperimentsJobConfig config = ExperimentsJobConfig.load(args);
    StreamExecutionEnvironment env = JobEnvironment.with(config.flink());
    define(env, config);
    env.execute(config.deployment().prefix(ExperimentsSteps.JOB));
  }

  /** The graph on Kafka and PostgreSQL. */
  static void define(StreamExecutionEnvironment env, ExperimentsJobConfig config) {
    ExperimentsTopology.define(
        env,
        sources(config),
        new CanonicalReading(
            config.contracts().catalog(),
            config.registry().map(address -> (RegistryFactory) address),
            config.disorder(),
            config.source().idleness()),
        config.attribution(),
        sinks(config));
  }

  private static ExperimentsTopology.Sources sources(ExperimentsJobConfig config) {
    KafkaEnds kafka = new KafkaEnds(config.kafka());
    SourceConfig source = config.source();
    return new ExperimentsTopology.Sources(
        kafka.source(source.topic(), source.group(), source.replayFrom()),
        kafka.source(config.definitionsTopic(), source.group(), null),
        kafka.end(config.definitionsTopic()),
        Optional.of(
            kafka.source(config.outputs().deadLetter(), source.group(), source.replayFrom())));
  }

  private static ExperimentsTopology.Sinks sinks(ExperimentsJobConfig config) {
    KafkaEnds kafka = new KafkaEnds(config.kafka());
    RunEpoch epoch = new RunEpoch(config.runEpoch());
    var records =
        kafka.experimentRecords(
            config.outputs(), config.contracts().catalog(), config.registry().orElse(null), epoch);
    return new ExperimentsTopology.Sinks(
        new PostgresExperiments(config.postgres(), epoch),
        kafka.sink(
            new ExperimentOutputRecords(records),
            DeliveryGuarantee.EXACTLY_ONCE,
            config.deployment().prefix(ExperimentsSteps.JOB)),
        Optional.of(
            new PromotionSink(
                config.postgres(),
                new DefinitionLog(config.kafka(), config.definitionsTopic()),
                epoch,
                config.promote())),
        new PostgresLedger(
            config.postgres(), ExperimentsSteps.JOB, config.runEpoch(), List.of(SelectHits.STAGE)));
  }
}
