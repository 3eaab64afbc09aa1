package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.DeadLetterEncoder;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes accepted events as canonical records, keyed by subject, and dead letters without key: both
 * through one sink, so that readers see both of a checkpoint together. The record's timestamp is
 * left to the broker.
 */
final class MessageRecords
    implements KafkaRecordSerializationSchema<Message>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final CatalogFactory catalogFactory;
  private final OutputTopics topics;
  private final int maxDeadLetterBytes;
  private final String pipelineVersion;

  private transient ContractCatalog catalog;
  private transient CanonicalEncoder events;
  private transient DeadLetterEncoder deadLetters;

  MessageRecords(
      CatalogFactory catalog, OutputTopics topics, int maxDeadLetterBytes, String pipelineVersion) {
    this.catalogFactory = catalog;
    this.topics = topics;
    this.maxDeadLetterBytes = maxDeadLetterBytes;
    this.pipelineVersion = pipelineVersion;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    catalog = catalogFactory.load();
    events = new CanonicalEncoder(pipelineVersion);
    deadLetters = new DeadLetterEncoder(catalog, maxDeadLetterBytes, pipelineVersion);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Message message, KafkaSinkContext context, Long timestamp) {
    if (message instanceof Event event) {
      byte[] key = event.subject().getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topics.canonical(), key, encode(event));
    }
    if (message instanceof DeadLetter letter) {
      return new ProducerRecord<>(topics.deadLetter(), deadLetters.encode(letter));
    }
    throw new IllegalStateException("only events and dead letters are written, not " + message);
  }

  private byte[] encode(Event event) {
    Contract contract = catalog.byFingerprint(event.fingerprint());
    return events.encode(
        contract,
        event.payload(),
        event.payloadStart(),
        event.payload().length,
        event.origin().arrival(),
        event.enrichment());
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    var written =
        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topics.canonical(), topics.deadLetter()));
    return Optional.of(new DefaultKafkaDatasetFacet(written));
  }
}
