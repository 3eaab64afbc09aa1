package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import org.apache.flink.metrics.MetricGroup;

/**
 * Makes an event or a dead letter of each record. Throws for no bytes, but where a schema registry
 * gives no answer: that is no fault of the record's. Not thread safe.
 */
final class RecordDecoder {
  private final EventDecoder decoder;
  private final Event.Builder builder = Event.builder();
  private final EventIdHash hash = new EventIdHash();
  private final RegisteredContracts registered;

  private int attributesDropped;

  /** One that asks a registry; without its configuration one that has none. */
  RecordDecoder(
      ContractCatalog catalog, DecodeConfig config, RegistryConfig use, MetricGroup metrics) {
    SchemaRegistry registry = use == null ? null : use.factory().connect(metrics);
    decoder = new EventDecoder(catalog, config.maxBytes(), config.rejectUnknownFields(), registry);
    registered = use == null ? null : new RegisteredContracts(registry, use);
    prepare();
  }

  private void prepare() {
    if (registered != null) {
      registered.prepare(decoder);
    }
  }

  /** The contracts it knows. */
  ContractCatalog catalog() {
    return decoder.catalog();
  }

  /** Decodes by that catalogue from now on. */
  void use(ContractCatalog catalog) {
    decoder.use(catalog);
    prepare();
  }

  /** Attributes of the last record that were dropped, as its contract does not know them. */
  int attributesDropped() {
    return attributesDropped;
  }

  Message decode(RawRecord raw) {
    boolean decoded;
    attributesDropped = 0;
    try {
      decoded = decoder.decode(raw.value());
    } catch (SchemaRegistryException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      return new DeadLetter(
          DecodeEvents.STAGE,
          Failure.INTERNAL_ERROR,
          e.getClass().getName(),
          DeadLetter.UNKNOWN,
          raw);
    }
    if (!decoded) {
      Contract contract = decoder.contract();
      String eventType = contract == null ? DeadLetter.UNKNOWN : contract.type();
      return new DeadLetter(
          DecodeEvents.STAGE, decoder.failure(), decoder.message(), eventType, raw);
    }
    attributesDropped = decoder.unknownFields();
    return event(raw);
  }

  private Event event(RawRecord raw) {
    EventCursor cursor = decoder.cursor();
    boolean userKnown = !cursor.isNull(CoreFields.USER_ID);
    hash.hash(
        cursor.source(),
        cursor.contentStart(CoreFields.EVENT_ID),
        cursor.contentLength(CoreFields.EVENT_ID));
    return builder
        .subject(cursor.text(userKnown ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID), userKnown)
        .eventTime(cursor.longValue(CoreFields.EVENT_TIME))
        .id(hash.high(), hash.low())
        .contract(decoder.contract())
        .schemaId(schemaId())
        .payload(decoder.payload(), decoder.payloadStart())
        .evidence(decoder.evidence())
        .origin(raw.origin())
        .raw(raw)
        .build();
  }

  private int schemaId() {
    return registered == null ? SchemaRegistry.NO_ID : registered.canonicalId(decoder.contract());
  }
}
