package dev.thalweg.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.Profile;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.SchemaRegistryException;
import dev.thalweg.schemas.SingleObject;
import dev.thalweg.schemas.testkit.TestRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a schema registry changes in decoding. */
final class DecodeWithRegistryTest {
  private static final Contract PAGE = TestEvents.catalog().newest("page_viewed").orElseThrow();

  /** Operators are shipped as copies; this is what they all reach. */
  private static final TestRegistry[] REGISTRY = new TestRegistry[1];

  private static final RegistryConfig CONFIG =
      new RegistryConfig(metrics -> REGISTRY[0], "raw", "canonical");

  @BeforeEach
  void freshRegistry() {
    REGISTRY[0] = new TestRegistry();
  }

  private static OperatorHarness<RawRecord, Message> open(RegistryConfig registry)
      throws Exception {
    return OperatorHarness.of(
            () ->
                new DecodeEvents(
                    ContractCatalog::fromClassPath, new DecodeConfig(4096, false), registry),
            MessageTypes.RAW_RECORD,
            MessageTypes.MESSAGE)
        .open();
  }

  /** The same bytes behind another header. */
  private static RawRecord wire(int id, RawRecord singleObject) {
    byte[] value = singleObject.value();
    int from = SingleObject.HEADER_LENGTH;
    return new RawRecord(
        null,
        new AvroBuffer().registryHeader(id).raw(value, from, value.length - from).toByteArray(),
        singleObject.origin());
  }

  private static RawRecord page(int id) {
    return wire(id, TestEvents.event("page_viewed").avroRecord());
  }

  private static int registered(String topic, org.apache.avro.Schema schema) {
    return REGISTRY[0].register(SchemaRegistry.subject(topic, schema), schema);
  }

  private static Message only(OperatorHarness<RawRecord, Message> decode, RawRecord raw)
      throws Exception {
    List<Message> out = decode.process(raw).drain();
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  @Test
  void everyEventCarriesTheIdOfItsCanonicalSchemaHoweverItWasEncoded() throws Exception {
    int id = registered("raw", PAGE.schema());
    try (var decode = open(CONFIG)) {
      int canonical = registered("canonical", PAGE.canonicalSchema());
      TestEvents event = TestEvents.event("page_viewed");
      for (RawRecord raw : List.of(page(id), event.avroRecord(), event.jsonRecord())) {
        assertThat(only(decode, raw))
            .isInstanceOfSatisfying(
                Event.class, decoded -> assertThat(decoded.schemaId()).isEqualTo(canonical));
      }
    }
  }

  @Test
  void withoutRegistryEventsCarryNoIdAndTheWireFormatIsUnreadable() throws Exception {
    try (var decode = open(null)) {
      assertThat(only(decode, TestEvents.event("page_viewed").avroRecord()))
          .isInstanceOfSatisfying(
              Event.class,
              decoded -> assertThat(decoded.schemaId()).isEqualTo(SchemaRegistry.NO_ID));
      assertThat(only(decode, page(1)))
          .isInstanceOfSatisfying(
              DeadLetter.class,
              letter -> assertThat(letter.failure()).isEqualTo(Failure.UNREADABLE));
    }
  }

  @Test
  void idsOfAllContractsAreKnownBeforeTheRegistryGoesAway() throws Exception {
    int id = registered("raw", PAGE.schema());
    try (var decode = open(CONFIG)) {
      REGISTRY[0].goAway().asked();
      assertThat(only(decode, page(id))).isInstanceOf(Event.class);
      assertThat(only(decode, TestEvents.event("order_placed").jsonRecord()))
          .isInstanceOf(Event.class);
      assertThat(REGISTRY[0].asked()).isEmpty();
    }
  }

  @Test
  void registryThatIsAwayAtTheStartIsAskedWithTheFirstEvent() throws Exception {
    int id = registered("raw", PAGE.schema());
    REGISTRY[0].goAway().asked();
    try (var decode = open(CONFIG)) {
      assertThat(REGISTRY[0].asked()).isEmpty();
      REGISTRY[0].comeBack();
      assertThat(only(decode, page(id))).isInstanceOf(Event.class);
    }
  }

  @Test
  void outageIsNeverADeadLetter() throws Exception {
    try (var decode = open(CONFIG)) {
      REGISTRY[0].goAway();
      assertThatThrownBy(() -> decode.process(page(99)))
          .isInstanceOf(SchemaRegistryException.class);
      assertThat(decode.drain()).isEmpty();
    }
  }

  @Test
  void idWithoutSchemaIsAnUnknownVersion() throws Exception {
    try (var decode = open(CONFIG)) {
      assertThat(only(decode, page(99)))
          .isInstanceOfSatisfying(
              DeadLetter.class,
              letter -> {
                assertThat(letter.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
                assertThat(letter.message()).isEqualTo("the registry has no schema of the id 99");
              });
    }
  }

  @Test
  void profilesComeInTheWireFormatToo() throws Exception {
    Contract contract = TestEvents.catalog().record("profile");
    int id = registered("profiles", contract.schema());
    byte[] profile =
        new AvroBuffer()
            .registryHeader(id)
            .text("u1")
            .number(42)
            .textMap(Map.of("country", "AT"))
            .toByteArray();
    Origin origin = new Origin("profiles", 0, 5, 9);
    try (var decode =
        OperatorHarness.of(
                () -> new DecodeProfiles(ContractCatalog::fromClassPath, m -> REGISTRY[0]),
                MessageTypes.RAW_RECORD,
                MessageTypes.MESSAGE)
            .open()) {
      assertThat(only(decode, new RawRecord(null, profile, origin)))
          .isInstanceOfSatisfying(
              Profile.class,
              read -> {
                assertThat(read.userId()).isEqualTo("u1");
                assertThat(read.effectiveFrom()).isEqualTo(42);
              });
      profile[4]++;
      assertThat(only(decode, new RawRecord(null, profile, origin)))
          .isInstanceOfSatisfying(
              DeadLetter.class,
              letter ->
                  assertThat(letter.message())
                      .startsWith("no profile contract has the registered schema of the id"));
      assertThat(only(decode, new RawRecord(null, new byte[] {0, 1}, origin)))
          .isInstanceOf(DeadLetter.class);
    }
  }
}
