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

/** Makes an event or a dead letter of each record; never throws for any bytes. Not thread safe. */
final class RecordDecoder {
  private final EventDecoder decoder;
  private final Event.Builder builder = Event.builder();
  private final EventIdHash hash = new EventIdHash();
  private int attributesDropped;

  RecordDecoder(ContractCatalog catalog, DecodeConfig config) {
    decoder = new EventDecoder(catalog, config.maxBytes(), config.rejectUnknownFields());
  }

  /** The contracts it knows. */
  ContractCatalog catalog() {
    return decoder.catalog();
  }

  /** Decodes by that catalogue from now on. */
  void use(ContractCatalog catalog) {
    decoder.use(catalog);
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
        .payload(decoder.payload(), decoder.payloadStart())
        .evidence(decoder.evidence())
        .origin(raw.origin())
        .raw(raw)
        .build();
  }
}
