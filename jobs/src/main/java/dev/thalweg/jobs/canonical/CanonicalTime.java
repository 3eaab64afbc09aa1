package dev.thalweg.jobs.canonical;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.ContextFields;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import org.apache.flink.api.common.eventtime.TimestampAssigner;

/**
 * The time of a canonical event: its event time, or its arrival if that is less, so that one
 * producer whose clock is ahead does not close everybody's windows.
 */
final class CanonicalTime implements TimestampAssigner<RawRecord> {
  private final CanonicalReader reader;

  CanonicalTime(CanonicalReader reader) {
    this.reader = reader;
  }

  /** Of what is no canonical record, the time it was written. */
  @Override
  public long extractTimestamp(RawRecord record, long written) {
    EventCursor event = reader.read(record.value());
    if (event == null) {
      return record.origin().arrival();
    }
    return Math.min(
        event.longValue(CoreFields.EVENT_TIME),
        event.longValue(ContextFields.INGESTED_AT.position(event.contract())));
  }
}
