package dev.thalweg.operators.experiments.drops;

import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractField;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.FieldType;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SingleObject;
import dev.thalweg.schemas.WireFormat;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Reads what refused records say of an exposure, as leniently as can be: JSON as far as it is JSON;
 * Avro in single-object encoding by the contract of its fingerprint, though the event may break its
 * rules; behind a registry's header where the event can be decoded. Canonical records are none: who
 * could not read them was not the first to see the exposure. Not thread safe.
 */
final class RefusedReader {
  private final ContractCatalog catalog;
  private final int maxBytes;
  private final EventDecoder registered;
  private final Map<Contract, EventCursor> cursors = new IdentityHashMap<>();

  /** A reader; the registry is null if there is none. */
  RefusedReader(ContractCatalog catalog, int maxBytes, SchemaRegistry registry) {
    this.catalog = catalog;
    this.maxBytes = maxBytes;
    registered = registry == null ? null : new EventDecoder(catalog, maxBytes, false, registry);
  }

  /** What the record says; null if it cannot be read at all, or has no place for it. */
  RefusedExposure read(byte[] bytes) {
    if (WireFormat.isMarked(bytes)) {
      return registered != null && registered.decode(bytes) ? of(registered.cursor()) : null;
    }
    if (SingleObject.isMarked(bytes)) {
      EventCursor cursor = single(bytes);
      return cursor == null ? null : of(cursor);
    }
    return RefusedJson.read(bytes, Math.min(bytes.length, maxBytes));
  }

  private EventCursor single(byte[] bytes) {
    if (bytes.length < SingleObject.HEADER_LENGTH || bytes.length > maxBytes) {
      return null;
    }
    Contract contract = catalog.byFingerprint(SingleObject.fingerprint(bytes));
    if (contract == null || !contract.isEvent()) {
      return null;
    }
    EventCursor cursor = cursors.computeIfAbsent(contract, EventCursor::new);
    return cursor.read(bytes, SingleObject.HEADER_LENGTH, bytes.length) ? cursor : null;
  }

  private static RefusedExposure of(EventCursor event) {
    Contract contract = event.contract();
    return new RefusedExposure(
        contract.type(),
        text(event, contract.field("experiment")),
        text(event, contract.field("variant")),
        event.longValue(CoreFields.EVENT_TIME));
  }

  private static String text(EventCursor event, ContractField field) {
    return field != null && field.type() == FieldType.STRING ? event.text(field.position()) : null;
  }
}
