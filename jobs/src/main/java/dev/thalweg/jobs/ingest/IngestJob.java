package dev.thalweg.jobs.ingest;

import dev.thalweg.jobs.JobEnvironment;
import dev.thalweg.jobs.PipelineVersion;
import dev.thalweg.jobs.contracts.ContractLooks;
import dev.thalweg.jobs.kafka.KafkaEnds;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresLedger;
import dev.thalweg.operators.decode.DecodeEvents;
import dev.thalweg.operators.decode.DecodeProfiles;
import dev.thalweg.operators.validate.ValidateEvents;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The ingest job on Kafka and PostgreSQL. */
public final class IngestJob {
  private IngestJob() {}

  /** Submits the job; arguments as {@link IngestConfig#load} takes them. */
  public static void main(String[] args) throws Exception {
    IngestConfig config = IngestConfig.load(args);
    StreamExecutionEnvironment env = JobEnvironment.with(config.flink());
    define(env, config);
    env.execute(config.deployment().prefix(IngestSteps.JOB));
  }

  /** The graph on Kafka and PostgreSQL. */
  static void define(StreamExecutionEnvironment env, IngestConfig config) {
    IngestTopology.define(env, sources(config), config, sinks(config));
  }

  private static IngestTopology.Sources sources(IngestConfig config) {
    KafkaEnds kafka = new KafkaEnds(config.kafka());
    SourceConfig source = config.source();
    return new IngestTopology.Sources(
        kafka.source(source.topic(), source.group(), source.replayFrom()),
        kafka.source(config.profilesTopic(), source.group(), null),
        kafka.end(config.profilesTopic()),
        config.contracts().refreshes()
            ? Optional.of(ContractLooks.source(config.contracts()))
            : Optional.empty());
  }

  private static IngestTopology.Sinks sinks(IngestConfig config) {
    KafkaEnds kafka = new KafkaEnds(config.kafka());
    var messages =
        kafka.sink(
            config.outputs(),
            config.delivery(),
            config.deployment().prefix(IngestSteps.JOB),
            config.contracts().catalog(),
            config.maxDeadLetterBytes(),
            PipelineVersion.current(),
            config.registry().orElse(null));
    List<String> stages = List.of(DecodeEvents.STAGE, ValidateEvents.STAGE, DecodeProfiles.STAGE);
    return new IngestTopology.Sinks(
        messages,
        new PostgresLedger(config.postgres(), IngestSteps.JOB, config.runEpoch(), stages));
  }
}
