package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import dev.thalweg.schemas.testkit.TestRegistry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Canonical records with either header. */
final class CanonicalReaderTest {
  private static final long ARRIVAL = 1_700_000_000_000L;

  private final TestEvent event = TestEvents.of("page_viewed");
  private final Contract contract = event.contract();
  private final TestRegistry registry = new TestRegistry();
  private final CanonicalReader reader = new CanonicalReader(TestEvents.catalog(), registry);

  private byte[] canonical(int schemaId) {
    byte[] payload = event.toAvroValue();
    return new CanonicalEncoder("test")
        .encode(
            contract.canonicalFingerprint(),
            schemaId,
            contract.version(),
            payload,
            0,
            ARRIVAL,
            null,
            null);
  }

  private void assertIsTheEvent(EventCursor cursor) {
    assertThat(cursor.contract()).isSameAs(contract);
    assertThat(cursor.longValue(ContextFields.INGESTED_AT.position(contract))).isEqualTo(ARRIVAL);
  }

  @Test
  void readsBothHeaders() {
    int id = registry.register("t", contract.canonicalSchema());
    assertIsTheEvent(reader.read(canonical(SchemaRegistry.NO_ID)));
    assertIsTheEvent(reader.read(canonical(id)));
    assertThat(registry.asked()).contains("schema " + id);
  }

  @Test
  void headerOfARegistryIsUnreadableWithoutOne() {
    int id = registry.register("t", contract.canonicalSchema());
    CanonicalReader alone = new CanonicalReader(TestEvents.catalog());
    assertThat(alone.read(canonical(id))).isNull();
    assertThat(alone.failure()).isEqualTo(Failure.UNREADABLE);
    assertThat(alone.problem()).isEqualTo("not the header of a canonical record");
  }

  @Test
  void whatNoContractExplainsIsAnUnknownVersion() {
    assertThat(reader.read(event.toAvro())).isNull();
    assertThat(reader.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    assertThat(reader.problem()).startsWith("no contract here has the canonical fingerprint ");

    assertThat(reader.read(canonical(77))).isNull();
    assertThat(reader.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    assertThat(reader.problem()).isEqualTo("no schema has the id 77");
  }

  @Test
  void everyPrefixIsRefused() {
    byte[] whole = canonical(SchemaRegistry.NO_ID);
    for (int length = 0; length < whole.length; length++) {
      assertThat(reader.read(Arrays.copyOf(whole, length))).as("%d bytes", length).isNull();
      assertThat(reader.failure()).isEqualTo(Failure.UNREADABLE);
      assertThat(reader.problem()).isNotBlank();
    }
    assertThat(reader.read(null)).isNull();
    assertThat(reader.failure()).isEqualTo(Failure.UNREADABLE);
  }
}
