package dev.thalweg.jobs.kafka;

import dev.thalweg.jobs.PipelineVersion;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.enrich.ReferenceEnd;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.ViewRow;
import java.time.Instant;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Builds the Kafka sources and sinks of a job. */
public record KafkaEnds(KafkaConfig kafka) {
  /** Requests may be as large as the largest record a topic takes, 8 MiB, and some. */
  private static final int MAX_REQUEST_BYTES = 9 << 20;

  /** Longest value that a dead letter carries whole, so that it fits its topic. */
  private static final int MAX_DEAD_LETTER_BYTES = 8128 << 10;

  /** What surrounds key and value in a request. */
  private static final int OVERHEAD_BYTES = 64 << 10;

  /**
   * Reads a topic's committed records as they are, for ever.
   *
   * @param replayFrom the arrival to begin at, or null for the earliest record there is; no part
   *     where offsets come from a savepoint
   */
  public KafkaSource<RawRecord> source(String topic, String group, Instant replayFrom) {
    return KafkaSource.<RawRecord>builder()
        .setProperties(kafka.clientProperties())
        .setTopics(topic)
        .setGroupId(group)
        .setClientIdPrefix(group + "-" + topic)
        .setStartingOffsets(
            replayFrom == null
                ? OffsetsInitializer.earliest()
                : OffsetsInitializer.timestamp(replayFrom.toEpochMilli()))
        .setProperty("isolation.level", "read_committed")
        .setProperty("allow.auto.create.topics", "false")
        .setProperty("partition.discovery.interval.ms", "60000")
        .setDeserializer(new RawRecordDeserializer())
        .build();
  }

  /** Where a topic ends at the moment a job starts. */
  public ReferenceEnd end(String topic) {
    return new LastOffsets(kafka, topic);
  }

  /**
   * Writes dead letters of a job that writes no events.
   *
   * @param transactionalIdPrefix the same in all runs of a job, and of no other sink
   * @param registry knows the schema of dead letters; null if there is none
   */
  public KafkaSink<Message> deadLetters(
      String topic,
      DeliveryGuarantee guarantee,
      String transactionalIdPrefix,
      CatalogFactory catalog,
      RegistryFactory registry) {
    return sink(
        new OutputTopics(null, topic),
        guarantee,
        transactionalIdPrefix,
        catalog,
        MAX_DEAD_LETTER_BYTES,
        PipelineVersion.current(),
        registry);
  }

  /**
   * Writes messages.
   *
   * @param guarantee exactly-once (in transactions that commit with the checkpoint) or
   *     at-least-once
   * @param transactionalIdPrefix the same in all runs of a job, and of no other
   * @param maxDeadLetterBytes longest value that a dead letter carries whole
   * @param registry knows the schema of dead letters; null if there is none
   */
  public KafkaSink<Message> sink(
      OutputTopics topics,
      DeliveryGuarantee guarantee,
      String transactionalIdPrefix,
      CatalogFactory catalog,
      int maxDeadLetterBytes,
      String pipelineVersion,
      RegistryFactory registry) {
    return sink(
        new MessageRecords(
            catalog,
            topics,
            maxDeadLetterBytes,
            MAX_REQUEST_BYTES - OVERHEAD_BYTES,
            pipelineVersion,
            registry),
        guarantee,
        transactionalIdPrefix);
  }

  /**
   * Writes values of metrics, and leaves out other rows.
   *
   * @param transactionalIdPrefix the same in all runs of a job, and of no other sink
   * @param epoch the run, whose number stands in front of versions
   */
  public KafkaSink<ViewRow> metricValues(
      String topic,
      DeliveryGuarantee guarantee,
      String transactionalIdPrefix,
      CatalogFactory catalog,
      RunEpoch epoch) {
    return sink(
        new MetricValueRecords(catalog, topic, MAX_REQUEST_BYTES - OVERHEAD_BYTES, epoch),
        guarantee,
        transactionalIdPrefix);
  }

  /**
   * Writes records to a topic as they were read.
   *
   * @param transactionalIdPrefix the same in all runs of a job, and of no other sink
   */
  public KafkaSink<RawRecord> copies(
      String topic, DeliveryGuarantee guarantee, String transactionalIdPrefix) {
    return sink(new SameRecords(topic), guarantee, transactionalIdPrefix);
  }

  /**
   * The records of all that a job of experiments writes.
   *
   * @param registry knows the schema of dead letters; null if there is none
   * @param epoch the run, whose number stands in front of versions
   */
  public ExperimentRecords experimentRecords(
      ExperimentTopics topics, CatalogFactory catalog, RegistryFactory registry, RunEpoch epoch) {
    int maxRecordBytes = MAX_REQUEST_BYTES - OVERHEAD_BYTES;
    MessageRecords letters =
        new MessageRecords(
            catalog,
            new OutputTopics(null, topics.deadLetter()),
            MAX_DEAD_LETTER_BYTES,
            maxRecordBytes,
            PipelineVersion.current(),
            registry);
    return new ExperimentRecords(kafka, topics, letters, maxRecordBytes, epoch);
  }

  /**
   * Writes all that a job writes, so that readers see it together.
   *
   * @param transactionalIdPrefix the same in all runs of a job, and of no other sink
   */
  public <T> KafkaSink<T> sink(
      KafkaRecordSerializationSchema<T> records,
      DeliveryGuarantee guarantee,
      String transactionalIdPrefix) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(producerProperties())
        .setBootstrapServers(kafka.bootstrap())
        .setDeliveryGuarantee(guarantee)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .setRecordSerializer(records)
        .build();
  }

  private Properties producerProperties() {
    Properties properties = new Properties();
    properties.setProperty("compression.type", "lz4");
    properties.setProperty("linger.ms", "20");
    properties.setProperty("batch.size", Integer.toString(128 << 10));
    properties.putAll(kafka.clientProperties());
    properties.setProperty("max.request.size", Integer.toString(MAX_REQUEST_BYTES));
    properties.setProperty(
        "transaction.timeout.ms", Long.toString(kafka.transactionTimeout().toMillis()));
    return properties;
  }
}
