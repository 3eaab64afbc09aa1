package dev.thalweg.jobs.metrics;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.ContextFields;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.SingleObject;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.TimestampAssigner;

/**
 * The time of a canonical event: its event time, or its arrival if that is less, so that one
 * producer whose clock is ahead does not close everybody's windows.
 */
final class CanonicalTime implements TimestampAssigner<RawRecord> {
  private final ContractCatalog catalog;
  private final Map<Contract, EventCursor> cursors = new IdentityHashMap<>();

  CanonicalTime(CatalogFactory contracts) {
    catalog = contracts.load();
  }

  /** Of what is no canonical record, the time it was written. */
  @Override
  public long extractTimestamp(RawRecord record, long written) {
    byte[] value = record.value();
    if (value == null
        || value.length < SingleObject.HEADER_LENGTH
        || !SingleObject.isMarked(value)) {
      return record.origin().arrival();
    }
    Contract contract = catalog.byCanonicalFingerprint(SingleObject.fingerprint(value));
    EventCursor cursor =
        contract == null ? null : cursors.computeIfAbsent(contract, EventCursor::ofCanonical);
    if (cursor == null || !cursor.read(value, SingleObject.HEADER_LENGTH, value.length)) {
      return record.origin().arrival();
    }
    return Math.min(
        cursor.longValue(CoreFields.EVENT_TIME),
        cursor.longValue(ContextFields.INGESTED_AT.position(contract)));
  }
}
