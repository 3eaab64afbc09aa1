package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import dev.thalweg.schemas.testkit.TestRegistry;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

/** Events in a registry's wire format. */
final class RegistryDecodingTest {
  private final TestRegistry registry = new TestRegistry();
  private final EventDecoder decoder = decoder(TestEvents.catalog());

  private EventDecoder decoder(ContractCatalog catalog) {
    return new EventDecoder(catalog, Decoded.MIB, false, registry);
  }

  private static byte[] wire(int id, TestEvent event) {
    byte[] value = event.toAvroValue();
    return new AvroBuffer().registryHeader(id).raw(value, 0, value.length).toByteArray();
  }

  private Failure failure(byte[] value) {
    return Decoded.of(decoder, value).failure();
  }

  @Test
  void readsTheSameAsInSingleObjectEncoding() {
    Random random = new Random(1);
    for (Contract contract : TestEvents.catalog().events()) {
      int id = registry.register("t", contract.schema());
      TestEvent event = TestEvents.random(contract, random);
      Decoded decoded = Decoded.of(decoder, wire(id, event));
      assertThat(decoded).isEqualTo(Decoded.of(event.toAvro()));
      assertThat(decoded.failure()).isNull();
    }
  }

  @Test
  void headerIsBigEndian() {
    byte[] value = wire(0x81020384, TestEvents.of("page_viewed"));
    assertThat(value).startsWith(0, 0x81, 2, 3, 0x84);
    assertThat(WireFormat.id(value)).isEqualTo(0x81020384);
  }

  @Test
  void asksOnceForEachId() {
    registry.put(5, TestEvents.of("page_viewed").contract().schema().toString());
    for (int i = 0; i < 3; i++) {
      assertThat(failure(wire(5, TestEvents.of("page_viewed")))).isNull();
    }
    assertThat(registry.asked()).containsExactly("schema 5");
  }

  @Test
  void schemaMaySayMoreOrLessThanTheContract() {
    Schema contract = TestEvents.of("page_viewed").contract().schema();
    registry.put(5, SchemaNormalization.toParsingForm(contract));
    Schema more = new Schema.Parser().parse(contract.toString());
    more.addProp("somewhere", "else");
    registry.put(6, more.toString());
    assertThat(failure(wire(5, TestEvents.of("page_viewed")))).isNull();
    assertThat(failure(wire(6, TestEvents.of("page_viewed")))).isNull();
  }

  @Test
  void idThatNobodyKnowsIsAnUnknownVersionUntilSomebodyDoes() {
    byte[] value = wire(9, TestEvents.of("page_viewed"));
    Decoded decoded = Decoded.of(decoder, value);
    assertThat(decoded.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    assertThat(decoded.message()).isEqualTo("the registry has no schema of the id 9");
    registry.put(9, TestEvents.of("page_viewed").contract().schema().toString());
    assertThat(failure(value)).isNull();
  }

  @Test
  void schemaWithoutContractIsAnUnknownVersionAndAskedForOnce() {
    Contract deadLetter = TestEvents.catalog().record("dead_letter");
    registry
        .put(1, TestContracts.allTypes().schema().toString())
        .put(2, deadLetter.schema().toString())
        .put(3, TestEvents.of("page_viewed").contract().canonicalSchema().toString())
        .put(4, "syntax = \"proto3\";")
        .put(5, "{\"type\":\"object\"}")
        .put(6, "")
        .put(7, "[".repeat(100_000));
    for (int id = 1; id <= 7; id++) {
      byte[] value = wire(id, TestEvents.of("page_viewed"));
      assertThat(failure(value)).as("id %s", id).isEqualTo(Failure.UNKNOWN_VERSION);
      assertThat(failure(value)).isEqualTo(Failure.UNKNOWN_VERSION);
    }
    assertThat(registry.asked()).hasSize(7);
  }

  @Test
  void contractFoundLaterNeedsNoSecondQuestion() {
    Contract later = TestContracts.allTypes();
    registry.put(1, later.schema().toString());
    byte[] value = wire(1, TestEvents.random(later, new Random(2)));
    EventDecoder growing = decoder(TestEvents.catalog());
    assertThat(Decoded.of(growing, value).failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    registry.goAway();
    growing.use(
        TestContracts.catalog(TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, "[]")));
    assertThat(Decoded.of(growing, value).failure()).isNull();
  }

  @Test
  void truncatedValuesAreUnreadable() {
    registry.put(5, TestEvents.of("page_viewed").contract().schema().toString());
    byte[] value = wire(5, TestEvents.of("page_viewed"));
    for (int length = 1; length < value.length; length++) {
      Decoded decoded = Decoded.of(decoder, Arrays.copyOf(value, length));
      assertThat(decoded.failure()).as("of %s bytes", length).isEqualTo(Failure.UNREADABLE);
      assertThat(decoded.eventType()).isEqualTo(length < 5 ? "unknown" : "page_viewed");
    }
  }

  @Test
  void otherEncodingsStayAccepted() {
    assertThat(failure(TestEvents.of("page_viewed").toAvro())).isNull();
    assertThat(failure(TestEvents.of("page_viewed").toJsonBytes())).isNull();
    assertThat(registry.asked()).isEmpty();
  }

  @Test
  void registryWithoutAnswerIsNoFailureOfTheEvent() {
    Contract contract = TestEvents.of("page_viewed").contract();
    registry.put(5, contract.schema().toString()).goAway();
    byte[] value = wire(5, TestEvents.of("page_viewed"));
    assertThatThrownBy(() -> decoder.decode(value)).isInstanceOf(SchemaRegistryException.class);
    decoder.learn(6, contract);
    assertThat(failure(wire(6, TestEvents.of("page_viewed")))).isNull();
    registry.comeBack();
    assertThat(failure(value)).isNull();
  }

  @Test
  void olderVersionsAreReadThroughTheNewest() {
    ContractCatalog catalog =
        TestContracts.catalog(
            TestContracts.file("thing", 1, "{\"name\": \"n\", \"type\": \"int\"}", "[]"),
            TestContracts.file("thing", 2, "{\"name\": \"n\", \"type\": \"long\"}", "[]"));
    Contract first = catalog.find("thing", 1).orElseThrow();
    int id = registry.register("t", first.schema());
    EventDecoder both = decoder(catalog);
    assertThat(both.decode(wire(id, TestEvents.random(first, new Random(3))))).isTrue();
    assertThat(both.contract().version()).isEqualTo(2);
    assertThat(both.evidence()).isNotNull();
  }
}
