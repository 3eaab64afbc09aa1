package dev.thalweg.operators.decode;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.Failure;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes raw records (Avro single-object or JSON) into events by their contracts; what cannot be
 * decoded becomes a dead letter with its bytes. One message out for each record in; never throws
 * for any bytes.
 *
 * <p>Key and state: none. Late data: does not look at time. Counts attributes dropped as unknown in
 * {@code attributes_dropped}.
 */
public final class DecodeEvents extends ProcessFunction<RawRecord, Message> {
  /** The stage that its dead letters name. */
  public static final String STAGE = "decode";

  private static final long serialVersionUID = 1L;

  private final CatalogFactory catalog;
  private final DecodeConfig config;

  private transient EventDecoder decoder;
  private transient Event.Builder builder;
  private transient EventIdHash hash;
  private transient Counter attributesDropped;

  /** An operator that knows the contracts of that catalogue. */
  public DecodeEvents(CatalogFactory catalog, DecodeConfig config) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.config = Objects.requireNonNull(config, "config");
  }

  @Override
  public void open(OpenContext context) {
    decoder = new EventDecoder(catalog.load(), config.maxBytes(), config.rejectUnknownFields());
    builder = Event.builder();
    hash = new EventIdHash();
    attributesDropped = getRuntimeContext().getMetricGroup().counter("attributes_dropped");
  }

  @Override
  public void processElement(RawRecord raw, Context context, Collector<Message> out) {
    out.collect(decode(raw));
  }

  private Message decode(RawRecord raw) {
    boolean decoded;
    try {
      decoded = decoder.decode(raw.value());
    } catch (RuntimeException | StackOverflowError e) {
      return new DeadLetter(
          STAGE, Failure.INTERNAL_ERROR, e.getClass().getName(), DeadLetter.UNKNOWN, raw);
    }
    if (!decoded) {
      Contract contract = decoder.contract();
      String eventType = contract == null ? DeadLetter.UNKNOWN : contract.type();
      return new DeadLetter(STAGE, decoder.failure(), decoder.message(), eventType, raw);
    }
    attributesDropped.inc(decoder.unknownFields());
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
        .payload(decoder.contract().fingerprint(), decoder.payload(), decoder.payloadStart())
        .origin(raw.origin())
        .raw(raw)
        .build();
  }
}
