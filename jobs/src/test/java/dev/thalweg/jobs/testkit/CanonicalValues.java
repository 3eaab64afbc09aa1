package dev.thalweg.jobs.testkit;

import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.EventDecoder;

/** Makes events into canonical records, as ingest writes them. Not thread safe. */
public final class CanonicalValues {
  private final EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
  private final CanonicalEncoder encoder = new CanonicalEncoder("t");

  /** The value of an event that arrived then, epoch milliseconds. */
  public byte[] of(TestEvents event, long arrival) {
    if (!decoder.decode(event.avro())) {
      throw new IllegalStateException(decoder.message());
    }
    return encoder.encode(
        decoder.contract().canonicalFingerprint(),
        0,
        decoder.contract().version(),
        decoder.payload(),
        decoder.payloadStart(),
        arrival,
        null,
        null);
  }
}
