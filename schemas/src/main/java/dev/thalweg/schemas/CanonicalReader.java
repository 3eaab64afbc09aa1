package dev.thalweg.schemas;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Reads canonical records, whether they begin with Avro's single-object header or with that of a
 * schema registry. Not thread safe.
 */
public final class CanonicalReader {
  private final ContractCatalog catalog;
  private final RegisteredSchemas registered;
  private final Map<Contract, EventCursor> cursors = new IdentityHashMap<>();

  private Failure failure;
  private String problem;

  /** Reads by these contracts; records of a registry are unreadable. */
  public CanonicalReader(ContractCatalog catalog) {
    this(catalog, null);
  }

  /**
   * Reads by these contracts.
   *
   * @param registry knows what ids stand for; null for none
   */
  public CanonicalReader(ContractCatalog catalog, SchemaRegistry registry) {
    this.catalog = Objects.requireNonNull(catalog, "catalog");
    this.registered = registry == null ? null : new RegisteredSchemas(registry);
  }

  /**
   * A cursor at the record, good until the next record of its contract is read; null if it cannot
   * be read, and then {@link #failure()} and {@link #problem()} say why.
   *
   * @param value the record, or null (a tombstone)
   * @throws SchemaRegistryException if the registry must be asked and gives no answer
   */
  public EventCursor read(byte[] value) {
    if (value != null && value.length >= SingleObject.HEADER_LENGTH) {
      if (SingleObject.isMarked(value)) {
        return read(value, SingleObject.HEADER_LENGTH, SingleObject.fingerprint(value));
      }
      if (registered != null && WireFormat.isMarked(value)) {
        Long fingerprint = registered.fingerprint(WireFormat.id(value));
        return fingerprint == null
            ? refuse(Failure.UNKNOWN_VERSION, "no schema has the id " + WireFormat.id(value))
            : read(value, WireFormat.HEADER_LENGTH, fingerprint);
      }
    }
    return refuse(Failure.UNREADABLE, "not the header of a canonical record");
  }

  private EventCursor read(byte[] value, int start, long fingerprint) {
    Contract contract = catalog.byCanonicalFingerprint(fingerprint);
    if (contract == null) {
      return refuse(
          Failure.UNKNOWN_VERSION,
          "no contract here has the canonical fingerprint %016x".formatted(fingerprint));
    }
    EventCursor cursor = cursors.get(contract);
    if (cursor == null) {
      cursor = EventCursor.ofCanonical(contract);
      cursors.put(contract, cursor);
    }
    return cursor.read(value, start, value.length)
        ? cursor
        : refuse(Failure.UNREADABLE, contract.type() + ": " + cursor.problem());
  }

  private EventCursor refuse(Failure why, String words) {
    failure = why;
    problem = words;
    return null;
  }

  /** Why the last record that could not be read could not be. */
  public Failure failure() {
    return failure;
  }

  /** The same in words. */
  public String problem() {
    return problem;
  }
}
