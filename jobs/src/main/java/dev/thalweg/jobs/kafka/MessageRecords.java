package dev.thalweg.jobs.kafka;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.RegistryFactory;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.DeadLetterEncoder;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes accepted events as canonical records, keyed by subject, and dead letters without key: both
 * through one sink, so that readers see both of a checkpoint together. The record's timestamp is
 * left to the broker. With a schema registry both go in its wire format: an event brings the id of
 * its schema along, that of dead letters is asked for here.
 */
final class MessageRecords
    implements KafkaRecordSerializationSchema<Message>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MessageRecords.class);

  /** Longest key and longest message of a dead letter; both may be as long as their event. */
  static final int MAX_KEY_BYTES = 64 << 10;

  static final int MAX_MESSAGE_CHARS = 1000;

  private final CatalogFactory catalogFactory;
  private final OutputTopics topics;
  private final int maxDeadLetterBytes;
  private final int maxRecordBytes;
  private final String pipelineVersion;
  private final RegistryFactory registryFactory;

  private transient Counter enrichmentsDropped;
  private transient CanonicalEncoder events;
  private transient DeadLetterEncoder deadLetters;
  private transient SchemaRegistry registry;
  private transient int deadLetterId;

  /**
   * A serializer.
   *
   * @param maxDeadLetterBytes longest value that a dead letter carries whole
   * @param maxRecordBytes longest key and value together that can be written
   * @param registry knows the schema of dead letters; null for single-object encoding
   */
  MessageRecords(
      CatalogFactory catalog,
      OutputTopics topics,
      int maxDeadLetterBytes,
      int maxRecordBytes,
      String pipelineVersion,
      RegistryFactory registry) {
    this.catalogFactory = catalog;
    this.topics = topics;
    this.maxDeadLetterBytes = maxDeadLetterBytes;
    this.maxRecordBytes = maxRecordBytes;
    this.pipelineVersion = pipelineVersion;
    this.registryFactory = registry;
  }

  @Override
  public void open(InitializationContext context, KafkaSinkContext sinkContext) {
    enrichmentsDropped = context.getMetricGroup().counter("enrichments_dropped");
    events = new CanonicalEncoder(pipelineVersion);
    deadLetters = new DeadLetterEncoder(catalogFactory.load(), maxDeadLetterBytes, pipelineVersion);
    deadLetterId = SchemaRegistry.NO_ID;
    registry = registryFactory == null ? null : registryFactory.connect(context.getMetricGroup());
    if (registry != null && registry.answers()) {
      register();
    }
  }

  private void register() {
    String subject = SchemaRegistry.subject(topics.deadLetter(), deadLetters.schema());
    deadLetterId = registry.register(subject, deadLetters.schema());
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Message message, KafkaSinkContext context, Long timestamp) {
    if (message instanceof Event event) {
      byte[] key = event.subject().getBytes(StandardCharsets.UTF_8);
      return new ProducerRecord<>(topics.canonical(), key, value(event, key.length));
    }
    if (message instanceof DeadLetter letter) {
      if (registry != null && deadLetterId == SchemaRegistry.NO_ID) {
        register();
      }
      return new ProducerRecord<>(
          topics.deadLetter(), deadLetters.encode(limited(letter), deadLetterId));
    }
    throw new IllegalStateException("only events and dead letters are written, not " + message);
  }

  /** A record too long to be written would stop the job for ever: then it goes without profile. */
  private byte[] value(Event event, int keyLength) {
    byte[] value = encode(event, event.enrichment());
    if (event.enrichment() == null || keyLength + value.length <= maxRecordBytes) {
      return value;
    }
    enrichmentsDropped.inc();
    LOG.warn(
        "{}: with its profile the event has {} bytes, more than can be written; it goes without",
        event.origin(),
        value.length);
    return encode(event, null);
  }

  private byte[] encode(Event event, byte[] enrichment) {
    return events.encode(
        event.fingerprint(),
        event.schemaId(),
        event.contractVersion(),
        event.payload(),
        event.payloadStart(),
        event.origin().arrival(),
        event.evidence(),
        enrichment);
  }

  /** The dead letter with a key and a message that leave room for the bytes. */
  private static DeadLetter limited(DeadLetter letter) {
    RawRecord raw = letter.raw();
    byte[] key = raw.key();
    String message = letter.message();
    boolean keyFits = key == null || key.length <= MAX_KEY_BYTES;
    if (keyFits && message.length() <= MAX_MESSAGE_CHARS) {
      return letter;
    }
    String shown = message.substring(0, Math.min(MAX_MESSAGE_CHARS, message.length()));
    if (!keyFits) {
      shown += " (key of " + key.length + " bytes, cut)";
      raw = new RawRecord(Arrays.copyOf(key, MAX_KEY_BYTES), raw.value(), raw.origin());
    }
    return new DeadLetter(letter.stage(), letter.failure(), shown, letter.eventType(), raw);
  }

  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    var written =
        DefaultKafkaDatasetIdentifier.ofTopics(
            Stream.of(topics.canonical(), topics.deadLetter()).filter(Objects::nonNull).toList());
    return Optional.of(new DefaultKafkaDatasetFacet(written));
  }
}
