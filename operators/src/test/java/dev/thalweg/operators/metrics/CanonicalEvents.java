package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.EventDecoder;

/** Events as the ingest job writes them. */
public final class CanonicalEvents {
  private CanonicalEvents() {}

  /** The record of an event. */
  public static RawRecord of(TestEvents event) {
    EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, false);
    assertThat(decoder.decode(event.avro())).as(decoder.message()).isTrue();
    byte[] value =
        new CanonicalEncoder("t")
            .encode(
                decoder.contract().canonicalFingerprint(),
                0,
                decoder.contract().version(),
                decoder.payload(),
                decoder.payloadStart(),
                TestEvents.NOON,
                null,
                null);
    return event.record(value);
  }

  static RawRecord viewed(String user, long time) {
    return of(TestEvents.event("page_viewed").user(user).at(time));
  }
}
