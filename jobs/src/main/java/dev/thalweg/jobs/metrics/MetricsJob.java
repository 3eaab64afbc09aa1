package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.JobEnvironment;
import dev.thalweg.jobs.canonical.CanonicalReading;
import dev.thalweg.jobs.kafka.KafkaEnds;
import dev.thalweg.jobs.kafka.SourceConfig;
import dev.thalweg.jobs.postgres.PostgresLedger;
import dev.thalweg.jobs.postgres.PostgresViews;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.metrics.SelectEvents;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The metrics job on Kafka and PostgreSQL. */
public final class MetricsJob {
  private MetricsJob() {}

  /** Submits the job; arguments as {@link MetricsJobConfig#load} takes them. */
  public static void main(String[] args) throws Exception {
    MetricsJobConfig config = MetricsJobConfig.load(args);
    StreamExecutionEnvironment env = JobEnvironment.with(config.flink());
    define(env, config);
    env.execute(config.deployment().prefix(MetricsSteps.JOB));
  }

  /** The graph on Kafka and PostgreSQL. */
  static void define(StreamExecutionEnvironment env, MetricsJobConfig config) {
    SourceConfig source = config.source();
    MetricsTopology.define(
        env,
        new KafkaEnds(config.kafka()).source(source.topic(), source.group(), source.replayFrom()),
        new CanonicalReading(
            config.contracts().catalog(),
            config.registry().map(address -> (RegistryFactory) address),
            config.disorder(),
            source.idleness()),
        config.metrics(),
        sinks(config));
  }

  private static MetricsTopology.Sinks sinks(MetricsJobConfig config) {
    KafkaEnds kafka = new KafkaEnds(config.kafka());
    CatalogFactory contracts = config.contracts().catalog();
    RunEpoch epoch = new RunEpoch(config.runEpoch());
    var values =
        kafka.metricValues(
            config.valuesTopic(),
            DeliveryGuarantee.EXACTLY_ONCE,
            transactions(config, MetricsSteps.WRITE_VALUES),
            contracts,
            epoch);
    var late =
        kafka.copies(
            config.lateTopic(),
            DeliveryGuarantee.EXACTLY_ONCE,
            transactions(config, MetricsSteps.WRITE_LATE));
    var deadLetters =
        kafka.deadLetters(
            config.deadLetterTopic(),
            DeliveryGuarantee.EXACTLY_ONCE,
            transactions(config, MetricsSteps.WRITE_DEAD_LETTERS),
            contracts,
            config.registry().orElse(null));
    return new MetricsTopology.Sinks(
        new PostgresViews(config.postgres(), epoch, config.viewsRetention()),
        Optional.of(values),
        late,
        deadLetters,
        new PostgresLedger(
            config.postgres(), MetricsSteps.JOB, config.runEpoch(), List.of(SelectEvents.STAGE)));
  }

  /** Each sink has transactions of its own. */
  private static String transactions(MetricsJobConfig config, MetricsSteps sink) {
    return config.deployment().prefix(sink.uid());
  }
}
