package dev.thalweg.schemas;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads an event from bytes of any kind: Avro in single-object encoding or, where there is a schema
 * registry, in its wire format; or JSON at the edge. Throws for no bytes: what cannot be read has a
 * {@link #failure()} and a {@link #message()} (which holds no values of the event, as those may be
 * personal). Reused for event after event; not thread safe.
 */
public final class EventDecoder {
  static final String EVENT_TYPE = "event_type";
  static final String CONTRACT_VERSION = "contract_version";

  private static final String TRUNCATED = "truncated within the header";
  private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  private final boolean rejectUnknownFields;
  private final int maxBytes;
  private final JsonObjectReader json = new JsonObjectReader();
  private final AvroBuffer buffer = new AvroBuffer();
  private final Map<Contract, EventCursor> cursors = new IdentityHashMap<>();
  private final Map<Contract, JsonEventEncoder> encoders = new IdentityHashMap<>();
  private final Map<Contract, EventReading> readings = new IdentityHashMap<>();

  private final RegisteredSchemas registered;

  private ContractCatalog catalog;
  private Contract contract;
  private EventCursor cursor;
  private byte[] payload;
  private int payloadStart;
  private int unknownFields;
  private Failure failure;
  private String message;
  private byte[] evidence;

  /**
   * A decoder.
   *
   * @param catalog the contracts it knows
   * @param maxBytes longest value accepted
   * @param rejectUnknownFields whether a JSON attribute that the contract does not know is a
   *     violation; otherwise it is dropped
   */
  public EventDecoder(ContractCatalog catalog, int maxBytes, boolean rejectUnknownFields) {
    this(catalog, maxBytes, rejectUnknownFields, null);
  }

  /**
   * A decoder that also reads the wire format of a schema registry.
   *
   * @param registry asked once for each id; null if there is none
   */
  public EventDecoder(
      ContractCatalog catalog, int maxBytes, boolean rejectUnknownFields, SchemaRegistry registry) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.maxBytes = maxBytes;
    this.rejectUnknownFields = rejectUnknownFields;
    this.registered = registry == null ? null : new RegisteredSchemas(registry);
  }

  /**
   * Tells what an id of the registry stands for, so that it need not be asked.
   *
   * @throws IllegalStateException if there is no registry
   */
  public void learn(int id, Contract known) {
    if (registered == null) {
      throw new IllegalStateException("there is no registry");
    }
    registered.put(id, known.fingerprint());
  }

  /** Decodes by that catalogue from now on; contracts known before should be the same objects. */
  public void use(ContractCatalog other) {
    catalog = Objects.requireNonNull(other, "catalog");
    readings.clear();
  }

  /** The contracts it knows. */
  public ContractCatalog catalog() {
    return catalog;
  }

  /**
   * Reads one record's value. Linear in its length.
   *
   * @param value the bytes; null (a tombstone) is unreadable
   * @return whether it is an event of a known contract
   * @throws SchemaRegistryException if the registry must be asked for an id, and gives no answer;
   *     the record can be decoded again
   */
  public boolean decode(byte[] value) {
    contract = null;
    cursor = null;
    payload = null;
    unknownFields = 0;
    failure = null;
    message = null;
    evidence = null;
    if (value == null || value.length == 0) {
      return fail(Failure.UNREADABLE, "empty");
    }
    if (value.length > maxBytes) {
      return fail(
          Failure.SIZE_VIOLATION, value.length + " bytes, more than the " + maxBytes + " allowed");
    }
    boolean decoded;
    if (WireFormat.isMarked(value)) {
      decoded = decodeRegistered(value);
    } else {
      decoded = SingleObject.isMarked(value) ? decodeAvro(value) : decodeJson(value);
    }
    return decoded && checkSubject();
  }

  private boolean decodeRegistered(byte[] value) {
    if (registered == null) {
      return fail(Failure.UNREADABLE, "registry wire format, but no registry is configured");
    }
    if (value.length < WireFormat.HEADER_LENGTH) {
      return fail(Failure.UNREADABLE, TRUNCATED);
    }
    int id = WireFormat.id(value);
    Long fingerprint = registered.fingerprint(id);
    if (fingerprint == null) {
      return fail(Failure.UNKNOWN_VERSION, "the registry has no schema of the id " + id);
    }
    Contract found = catalog.byFingerprint(fingerprint);
    return found != null && found.isEvent()
        ? decodeAvro(value, WireFormat.HEADER_LENGTH, found)
        : fail(Failure.UNKNOWN_VERSION, "no contract has the registered schema of the id " + id);
  }

  private boolean decodeAvro(byte[] value) {
    if (value.length < SingleObject.HEADER_LENGTH) {
      return fail(Failure.UNREADABLE, TRUNCATED);
    }
    long fingerprint = SingleObject.fingerprint(value);
    Contract found = catalog.byFingerprint(fingerprint);
    if (found == null || !found.isEvent()) {
      return fail(
          Failure.UNKNOWN_VERSION,
          "no contract has the fingerprint " + Long.toHexString(fingerprint));
    }
    return decodeAvro(value, SingleObject.HEADER_LENGTH, found);
  }

  private boolean decodeAvro(byte[] value, int from, Contract writer) {
    contract = writer;
    EventReading reading = reading(writer);
    return index(value, from)
        && (reading.isSuperseded() ? readAgain() && encode(reading) : upgrade(reading));
  }

  private EventReading reading(Contract writer) {
    return readings.computeIfAbsent(writer, catalog::reading);
  }

  /** Makes JSON of an event whose contract is known to be bad, to be read by another. */
  private boolean readAgain() {
    String problem = json.read(EventJson.of(cursor));
    return problem == null || fail(Failure.SCHEMA_VIOLATION, problem);
  }

  private boolean decodeJson(byte[] value) {
    String problem = json.read(value);
    if (problem != null) {
      return fail(Failure.UNREADABLE, problem);
    }
    return findContract() && encode(reading(contract));
  }

  private boolean encode(EventReading reading) {
    contract = reading.entry();
    JsonEventEncoder encoder = encoders.computeIfAbsent(contract, JsonEventEncoder::new);
    String problem = encoder.encode(json, buffer.reset());
    unknownFields = encoder.unknownFields();
    if (problem == null && rejectUnknownFields && unknownFields > 0) {
      problem = shown(encoder.firstUnknown()) + ": not in the contract " + contract;
    }
    if (problem != null) {
      return fail(Failure.SCHEMA_VIOLATION, problem);
    }
    return index(buffer.toByteArray(), 0) && upgrade(reading);
  }

  private boolean upgrade(EventReading reading) {
    evidence = reading.evidence();
    if (reading.upgrade() == null) {
      return true;
    }
    reading.upgrade().apply(cursor, buffer.reset());
    contract = reading.reader();
    return index(buffer.toByteArray(), 0) || fail(Failure.SCHEMA_VIOLATION, message);
  }

  /** Names of attributes may be anything too; only what looks like one is repeated. */
  private static String shown(String name) {
    return ATTRIBUTE_NAME.matcher(name).matches() ? name : "an attribute of another form of name";
  }

  private boolean findContract() {
    int type = json.find(EVENT_TYPE);
    if (type < 0 || json.kind(type) != JsonObjectReader.Kind.TEXT) {
      return fail(Failure.UNKNOWN_CONTRACT, type < 0 ? "no event_type" : "event_type is not text");
    }
    Contract newest = catalog.newest(json.text(type)).orElse(null);
    if (newest == null) {
      return fail(Failure.UNKNOWN_CONTRACT, "no contract of that event_type");
    }
    int version = json.find(CONTRACT_VERSION);
    if (version < 0 || json.kind(version) == JsonObjectReader.Kind.NULL) {
      contract = newest;
      return true;
    }
    boolean whole =
        json.kind(version) == JsonObjectReader.Kind.WHOLE
            && json.whole(version) == (int) json.whole(version);
    contract = whole ? catalog.find(newest.type(), (int) json.whole(version)).orElse(null) : null;
    return contract != null
        || fail(Failure.UNKNOWN_VERSION, newest.type() + " has no such contract_version");
  }

  private boolean index(byte[] bytes, int from) {
    cursor = cursors.computeIfAbsent(contract, EventCursor::new);
    if (!cursor.read(bytes, from, bytes.length)) {
      return fail(Failure.UNREADABLE, cursor.problem());
    }
    payload = bytes;
    payloadStart = from;
    return true;
  }

  private boolean checkSubject() {
    if (cursor.isNull(CoreFields.USER_ID) && cursor.isNull(CoreFields.ANONYMOUS_ID)) {
      return fail(Failure.SCHEMA_VIOLATION, "one of user_id and anonymous_id is required");
    }
    return true;
  }

  private boolean fail(Failure failure, String message) {
    this.failure = failure;
    this.message = message;
    return false;
  }

  /**
   * The contract that the event was read as, also where the event breaks it; null where none was
   * found. It is the newest version that can read what the event was written with.
   */
  public Contract contract() {
    return contract;
  }

  /** The fields of the event just decoded. */
  public EventCursor cursor() {
    return cursor;
  }

  /** The array that holds the event's binary value; not written to again by this decoder. */
  public byte[] payload() {
    return payload;
  }

  /** Where the value begins in {@link #payload()}; it goes on to the array's end. */
  public int payloadStart() {
    return payloadStart;
  }

  /**
   * What the event keeps of how it was written, where it was not by {@link #contract()}: a block of
   * the enrichment map; or null.
   */
  public byte[] evidence() {
    return evidence;
  }

  /** Attributes dropped because the contract does not know them. */
  public int unknownFields() {
    return unknownFields;
  }

  /** Why the last value was refused, or null. */
  public Failure failure() {
    return failure;
  }

  /** What was wrong, in words, or null. */
  public String message() {
    return message;
  }
}
