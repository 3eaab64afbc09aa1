package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.export.JsonSchemas;
import dev.thalweg.schemas.export.SchemaCheck;
import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JSON Schema accepts, the decoder accepts, and the other way round. */
class EdgeSchemaAgreementTest {
  private static final ContractCatalog CATALOG =
      ContractCatalog.load(
          new ClassPathContracts(),
          () ->
              List.of(
                  TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, "[]"),
                  TestContracts.file("all_types", 2, TestContracts.ALL_TYPES, "[]")));
  private static final Map<Contract, SchemaCheck> SCHEMAS = new HashMap<>();

  private final EventDecoder decoder = new EventDecoder(CATALOG, Decoded.MIB, false);

  static List<Contract> contracts() {
    return CATALOG.events();
  }

  private static boolean schemaAccepts(Contract contract, String json) {
    boolean newest = CATALOG.newest(contract.type()).orElseThrow() == contract;
    return SCHEMAS
        .computeIfAbsent(contract, c -> SchemaCheck.by(JsonSchemas.edge(c, newest)))
        .accepts(json);
  }

  private boolean decoderAccepts(Contract contract, String json) {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8))
        && decoder.contract().type().equals(contract.type())
        && writtenVersion().equals(Integer.toString(contract.version()));
  }

  /** The version whose attributes it had to have, though it is read as the newest. */
  private String writtenVersion() {
    byte[] block = decoder.evidence();
    return block == null
        ? Integer.toString(decoder.contract().version())
        : GenericReading.textMap(Arrays.copyOf(block, block.length + 1))
            .get("contract.written_version")
            .toString();
  }

  private void assertAgreement(Contract contract, String json) {
    assertThat(schemaAccepts(contract, json))
        .as("%s: %s (decoder: %s)", contract, json, decoder.message())
        .isEqualTo(decoderAccepts(contract, json));
  }

  private static TestEvent versioned(TestEvent event) {
    return event.with("contract_version", event.contract().version());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void acceptWhatFits(Contract contract) {
    Random random = new Random(contract.hashCode());
    for (int i = 0; i < 50; i++) {
      String json = versioned(TestEvents.random(contract, random)).toJson();
      assertThat(schemaAccepts(contract, json)).as(json).isTrue();
      assertThat(decoderAccepts(contract, json)).as(json).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void agreeOnEachAttributeLeftOut(Contract contract) {
    for (ContractField field : contract.fields()) {
      TestEvent event = versioned(TestEvents.random(contract, new Random(7))).without("user_id");
      assertAgreement(contract, event.without(field.name()).toJson());
    }
  }

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "0.5",
          "-2.25e-3",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "123456789012345678901234567890",
          "\"\"",
          "\"x\"",
          "\"1\"",
          "\"true\"",
          "\"AA\"",
          "\"AA=\"",
          "\"AA==\"",
          "\"AAA=\"",
          "\"AAAA\"",
          "\"AAAAA\"",
          "\"AP8\"",
          "\"AB==\"",
          "\"A-_A\"",
          "\"AAAA\\n\"",
          "\"=\"",
          "\"2026-11-01T10:00:00Z\"",
          "\"2026-11-01\"",
          "[]",
          "{}",
          "[1]",
          "{\"a\": null}");

  static Stream<Contract> contractsOfAllKinds() {
    return Stream.of(
        CATALOG.find("all_types", 1).orElseThrow(),
        CATALOG.find("all_types", 2).orElseThrow(),
        CATALOG.newest("order_placed").orElseThrow(),
        CATALOG.newest("goal_reached").orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("contractsOfAllKinds")
  void agreeOnEachValueOfEachAttribute(Contract contract) {
    for (ContractField field : contract.fields()) {
      for (String value : VALUES) {
        TestEvent event = versioned(TestEvents.random(contract, new Random(3)));
        assertAgreement(contract, event.withJson(field.name(), value).toJson());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "all_types, 1, 1", "all_types, 1, 2", "all_types, 1, null", "all_types, 2, null",
    "all_types, 2, 1", "all_types, 2, 2", "all_types, 2, 3", "all_types, 2, true",
    "order_placed, 1, null", "order_placed, 1, 1", "order_placed, 1, 2", "order_placed, 1, []"
  })
  void agreeOnVersions(String type, int version, String named) {
    Contract contract = CATALOG.find(type, version).orElseThrow();
    TestEvent event = TestEvents.random(contract, new Random(1));
    assertAgreement(contract, event.toJson());
    assertAgreement(contract, event.withJson("contract_version", named).toJson());
    assertAgreement(contract, event.withJson("contract_version", "\"" + named + "\"").toJson());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"cart_added\"", "\"\"", "7", "{}"})
  void agreeOnTheEventType(String type) {
    TestEvent event = TestEvents.of("order_placed").withJson("event_type", type);
    assertAgreement(CATALOG.newest("order_placed").orElseThrow(), event.toJson());
    assertAgreement(
        CATALOG.newest("order_placed").orElseThrow(), event.without("event_type").toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "null, null",
    "null, '\"a\"'",
    "'\"u\"', null",
    "'\"\"', null",
    "7, '\"a\"'",
    "null, []"
  })
  void agreeOnTheSubject(String userId, String anonymousId) {
    assertAgreement(
        CATALOG.newest("order_placed").orElseThrow(),
        TestEvents.of("order_placed")
            .withJson("user_id", userId)
            .withJson("anonymous_id", anonymousId)
            .toJson());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "7", "null", "\"a\"", "{}"})
  void agreeOnWhatIsNoEventAtAll(String json) {
    assertAgreement(CATALOG.newest("order_placed").orElseThrow(), json);
  }

  @Property(tries = 300)
  void agreeOnAttributesOfAnyContent(@ForAll long seed) {
    Random random = new Random(seed);
    List<Contract> contracts = contracts();
    Contract contract = contracts.get(random.nextInt(contracts.size()));
    TestEvent event = versioned(TestEvents.random(contract, random));
    for (int i = random.nextInt(3); i >= 0; i--) {
      ContractField field = contract.fields().get(random.nextInt(contract.fields().size()));
      if (random.nextInt(4) == 0) {
        event.without(field.name());
      } else if (random.nextBoolean()) {
        event.withJson(field.name(), VALUES.get(random.nextInt(VALUES.size())));
      } else {
        event.with(field.name(), TestEvents.text(random));
      }
    }
    assertAgreement(contract, event.with("unknown_one", TestEvents.text(random)).toJson());
  }

  /** What JSON Schema cannot say, or need not: each of these is refused by one side only. */
  @ParameterizedTest
  @CsvSource({
    "quantity, 1.0, true, false",
    "quantity, 1e3, true, false",
    "contract_version, 1.0, true, false",
    "source, '\"\\ud800\"', true, false",
    "event_time, '\"+10000-01-01T00:00:00Z\"', false, true",
    "event_time, '\"-0001-01-01T00:00:00Z\"', false, true"
  })
  void knownDifferences(String name, String value, boolean schema, boolean decoded) {
    Contract contract = CATALOG.newest("order_placed").orElseThrow();
    String json = TestEvents.of("order_placed").withJson(name, value).toJson();
    assertThat(schemaAccepts(contract, json)).isEqualTo(schema);
    assertThat(decoderAccepts(contract, json)).isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"amount_cents\": -1", "\"quantity\": 0", "\"event_id\": \"\""})
  void rulesAreForLater(String attribute) {
    Contract contract = CATALOG.newest("order_placed").orElseThrow();
    String[] parts = attribute.split(": ", 2);
    String name = parts[0].replace("\"", "");
    String json = TestEvents.of("order_placed").withJson(name, parts[1]).toJson();
    assertThat(schemaAccepts(contract, json)).isTrue();
    assertThat(decoderAccepts(contract, json)).isTrue();
  }
}
