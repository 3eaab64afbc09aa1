package dev.thalweg.operators.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.operators.decode.EventIdHash;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.FieldType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;

/**
 * Builds one event of any contract, in each form that tests need: JSON, Avro (by Avro's own
 * encoder), a raw record of either, or decoded. Begins as a valid event of user {@code u1} with id
 * {@code e1} at {@link #NOON}; every required attribute has a value.
 */
public final class TestEvents {
  /** The time of events, and their arrival, unless said otherwise. */
  public static final long NOON = Instant.parse("2026-11-01T12:00:00Z").toEpochMilli();

  /** The topic that events come from, unless said otherwise. */
  public static final String TOPIC = "events.raw";

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String eventType;
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private String topic = TOPIC;
  private int partition;
  private long offset;
  private long arrival = NOON;

  private TestEvents(String eventType) {
    this.eventType = eventType;
  }

  /** A valid event of that type. A type without a contract has the core attributes alone. */
  public static TestEvents event(String eventType) {
    TestEvents event = new TestEvents(eventType);
    event.with("event_id", "e1").with("event_time", NOON).with("user_id", "u1");
    CATALOG.newest(eventType).ifPresent(event::fillRequired);
    return event;
  }

  /** The contracts that events are built by. */
  public static ContractCatalog catalog() {
    return CATALOG;
  }

  private void fillRequired(Contract contract) {
    for (ContractField field : contract.fields()) {
      if (!field.hasDefault() && !attributes.containsKey(field.name())) {
        attributes.put(field.name(), field.type() == FieldType.STRING ? field.name() : 1);
      }
    }
  }

  /** Sets the event id. */
  public TestEvents id(String id) {
    return with("event_id", id);
  }

  /** Makes it an event of that user. */
  public TestEvents user(String user) {
    return with("user_id", user);
  }

  /** Makes it an event of nobody known, on that device. */
  public TestEvents anonymous(String device) {
    return without("user_id").with("anonymous_id", device);
  }

  /** Sets the event time, epoch milliseconds. */
  public TestEvents at(long millis) {
    return with("event_time", millis);
  }

  /** Sets when it arrived in its topic, epoch milliseconds. */
  public TestEvents arrived(long millis) {
    arrival = millis;
    return this;
  }

  /** Sets where it stands in its topic. */
  public TestEvents from(int partition, long offset) {
    this.partition = partition;
    this.offset = offset;
    return this;
  }

  /** Sets the topic it comes from. */
  public TestEvents from(String topic) {
    this.topic = topic;
    return this;
  }

  /** Sets an attribute; it may be unknown to the contract, or of a wrong type. */
  public TestEvents with(String name, Object value) {
    attributes.put(name, value);
    return this;
  }

  /** Leaves an attribute out. */
  public TestEvents without(String name) {
    attributes.remove(name);
    return this;
  }

  /** As JSON. */
  public String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("event_type", eventType);
    object.putAll(attributes);
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In Avro's single-object encoding, by the newest version of its contract. */
  public byte[] avro() {
    Contract contract = contract();
    GenericData.Record record = new GenericData.Record(contract.schema());
    for (ContractField field : contract.fields()) {
      Object value = attributes.get(field.name());
      record.put(
          field.position(),
          attributes.containsKey(field.name()) ? typed(value, field.type()) : initial(field));
    }
    try {
      var bytes = new BinaryMessageEncoder<>(GenericData.get(), contract.schema()).encode(record);
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object initial(ContractField field) {
    return field.nullable() ? null : field.defaultValue();
  }

  private static Object typed(Object value, FieldType type) {
    if (!(value instanceof Number number)) {
      return value;
    }
    return switch (type) {
      case INT -> number.intValue();
      case LONG, TIMESTAMP -> number.longValue();
      case FLOAT -> number.floatValue();
      case DOUBLE -> number.doubleValue();
      default -> value;
    };
  }

  private Contract contract() {
    return CATALOG
        .newest(eventType)
        .orElseThrow(() -> new IllegalStateException("no contract of " + eventType));
  }

  /** As a record in JSON. */
  public RawRecord jsonRecord() {
    return record(json().getBytes(StandardCharsets.UTF_8));
  }

  /** As a record in Avro. */
  public RawRecord avroRecord() {
    return record(avro());
  }

  /** A record with those bytes instead of the event, from the same place. */
  public RawRecord record(byte[] value) {
    return new RawRecord(null, value, origin());
  }

  /** Where it comes from. */
  public Origin origin() {
    return new Origin(topic, partition, offset, arrival);
  }

  /** Decoded from Avro, as by the decoding operator; rules are not checked. */
  public Event decoded() {
    RawRecord raw = avroRecord();
    EventDecoder decoder = new EventDecoder(CATALOG, Integer.MAX_VALUE, false);
    if (!decoder.decode(raw.value())) {
      throw new IllegalStateException(decoder.failure() + ": " + decoder.message());
    }
    EventCursor cursor = decoder.cursor();
    boolean userKnown = !cursor.isNull(CoreFields.USER_ID);
    EventIdHash hash = new EventIdHash();
    hash.hash(
        cursor.source(),
        cursor.contentStart(CoreFields.EVENT_ID),
        cursor.contentLength(CoreFields.EVENT_ID));
    return Event.builder()
        .subject(cursor.text(userKnown ? CoreFields.USER_ID : CoreFields.ANONYMOUS_ID), userKnown)
        .eventTime(cursor.longValue(CoreFields.EVENT_TIME))
        .id(hash.high(), hash.low())
        .contract(contract())
        .payload(decoder.payload(), decoder.payloadStart())
        .origin(raw.origin())
        .raw(raw)
        .build();
  }
}
