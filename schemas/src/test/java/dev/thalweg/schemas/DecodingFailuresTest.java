package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure that decoding decides, and which one is reported where several hold. */
class DecodingFailuresTest {
  private static final String ORDER = TestEvents.of("order_placed").toJson();

  private static Failure failure(String json) {
    return Decoded.of(json).failure();
  }

  private static Failure failureOfSmall(byte[] value) {
    return Decoded.of(new EventDecoder(TestEvents.catalog(), 10, false), value).failure();
  }

  @Test
  void acceptsTheSmallestEventOfEachType() {
    for (Contract contract : TestEvents.catalog().events()) {
      assertThat(Decoded.of(TestEvents.of(contract.type()).toJson()).failure()).isNull();
      assertThat(Decoded.of(TestEvents.of(contract.type()).toAvro()).failure()).isNull();
    }
  }

  @Test
  void refusesWhatIsLargerThanAllowed() {
    byte[] value = ORDER.getBytes(StandardCharsets.UTF_8);
    EventDecoder exact = new EventDecoder(TestEvents.catalog(), value.length, false);
    assertThat(exact.decode(value)).isTrue();
    EventDecoder less = new EventDecoder(TestEvents.catalog(), value.length - 1, false);
    assertThat(less.decode(value)).isFalse();
    assertThat(less.failure()).isEqualTo(Failure.SIZE_VIOLATION);
    assertThat(less.message())
        .isEqualTo(value.length + " bytes, more than the " + (value.length - 1) + " allowed");
    assertThat(less.contract()).isNull();
  }

  @Test
  void reportsSizeBeforeAllElse() {
    assertThat(failureOfSmall(new byte[11])).isEqualTo(Failure.SIZE_VIOLATION);
    assertThat(failureOfSmall("{ truncated".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Failure.SIZE_VIOLATION);
    assertThat(failureOfSmall("{\"event_type\":\"nobody\"}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Failure.SIZE_VIOLATION);
    assertThat(failureOfSmall(new byte[] {(byte) 0xC3, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9}))
        .isEqualTo(Failure.SIZE_VIOLATION);
    assertThat(failureOfSmall(new byte[10])).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void refusesNothingAtAll() {
    assertThat(Decoded.of((byte[]) null).failure()).isEqualTo(Failure.UNREADABLE);
    assertThat(Decoded.of(new byte[0]).failure()).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void refusesEveryTruncation() {
    byte[] value =
        TestEvents.of("goal_reached")
            .with("value", 1.5)
            .withJson("extra", "{\"a\":[1,true,null,\"x\\u00e9\"]}")
            .toJsonBytes();
    for (int length = 0; length < value.length; length++) {
      assertThat(Decoded.of(Arrays.copyOf(value, length)).failure())
          .as("%d bytes", length)
          .isEqualTo(Failure.UNREADABLE);
    }
    assertThat(Decoded.of(value).failure()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{}]",
        "\"order_placed\"",
        "1",
        "true",
        "null",
        "NaN",
        "order_placed",
        "<a/>",
        " ",
        "{} {}",
        "{},",
        "{}]",
        "{}x",
        "{}\u0000",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":0x1}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1 /* c */}",
        "{\"a\":[1,]}",
        "{\"a\":{]}",
        "{\"a\"}",
        "{\"a\":}"
      })
  void refusesWhatIsNotOneJsonObject(String json) {
    assertThat(failure(json)).isEqualTo(Failure.UNREADABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "INF", "+Infinity", "[NaN]"})
  void refusesLiteralsThatAreNoNumbers(String literal) {
    String json = TestEvents.of("goal_reached").withJson("value", literal).toJson();
    assertThat(failure(json)).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void readsWhiteSpaceAroundTheObject() {
    assertThat(failure(" \r\n\t" + ORDER + " \n")).isNull();
  }

  @Test
  void readsJsonBehindByteOrderMark() {
    assertThat(failure("\uFEFF" + ORDER)).isNull();
  }

  @Test
  void refusesDuplicateKeys() {
    String twice = "{\"event_id\":\"e1\"," + ORDER.substring(1);
    assertThat(Decoded.of(twice).failure()).isEqualTo(Failure.UNREADABLE);
    assertThat(Decoded.of(twice).message()).startsWith("duplicate key at byte ");
    assertThat(failure("{\"event\\u005fid\":\"e1\"," + ORDER.substring(1)))
        .as("another spelling of the same name")
        .isEqualTo(Failure.UNREADABLE);
    assertThat(failure("{\"x\":1,\"x\":1," + ORDER.substring(1))).isEqualTo(Failure.UNREADABLE);
    assertThat(failure("{\"x\":[{\"y\":{\"a\":1,\"a\":2}}]," + ORDER.substring(1)))
        .as("nested")
        .isEqualTo(Failure.UNREADABLE);
    assertThat(failure("{\"x\":[{\"a\":1},{\"a\":2}]," + ORDER.substring(1)))
        .as("the same name in two objects")
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({"1000, false", "1001, true", "10000, true"})
  void countsDepthFromTheEventItself(int depth, boolean refused) {
    String arrays = "[".repeat(depth - 1) + "]".repeat(depth - 1);
    String objects = "{\"a\":".repeat(depth - 1) + "1" + "}".repeat(depth - 1);
    for (String nested : new String[] {arrays, objects}) {
      Decoded decoded = Decoded.of("{\"x\":" + nested + "," + ORDER.substring(1));
      assertThat(decoded.failure()).isEqualTo(refused ? Failure.UNREADABLE : null);
      if (refused) {
        assertThat(decoded.message()).isEqualTo("nested deeper than 1000");
      }
    }
    assertThat(failure("[".repeat(depth))).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void refusesOtherEncodingsOfText() {
    for (var charset :
        new java.nio.charset.Charset[] {
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16BE,
          StandardCharsets.UTF_16LE,
          java.nio.charset.Charset.forName("UTF-32"),
          java.nio.charset.Charset.forName("UTF-32LE")
        }) {
      assertThat(Decoded.of(ORDER.getBytes(charset)).failure())
          .as(charset.name())
          .isEqualTo(Failure.UNREADABLE);
    }
    String accented = TestEvents.of("page_viewed").with("page", "caf\u00e9").toJson();
    assertThat(Decoded.of(accented.getBytes(StandardCharsets.ISO_8859_1)).failure())
        .isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void refusesBrokenUtf8AlsoWhereNobodyLooks() {
    int[][] broken = {
      {0x80}, {0xC3}, {0xC0, 0x80}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}
    };
    for (int[] sequence : broken) {
      StringBuilder latin = new StringBuilder();
      for (int b : sequence) {
        latin.append((char) b);
      }
      String json = "{\"x\":{\"y\":\"" + latin + "\"}," + ORDER.substring(1);
      assertThat(Decoded.of(json.getBytes(StandardCharsets.ISO_8859_1)).failure())
          .isEqualTo(Failure.UNREADABLE);
    }
  }

  @Test
  void refusesHalfASurrogatePairInNamesOnly() {
    assertThat(failure("{\"\\ud800\":1," + ORDER.substring(1))).isEqualTo(Failure.UNREADABLE);
    assertThat(failure("{\"x\":\"\\ud800\"," + ORDER.substring(1))).isNull();
    assertThat(failure("{\"x\":[\"\\udc00\"]," + ORDER.substring(1))).isNull();
  }

  @Test
  void refusesRegistryWireFormat() {
    Decoded decoded = Decoded.of(new byte[] {0, 0, 0, 0, 7, 2, 4});
    assertThat(decoded.failure()).isEqualTo(Failure.UNREADABLE);
    assertThat(decoded.message()).isEqualTo("registry wire format, but no registry is configured");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"nobody\"",
        "\"OrderPlaced\"",
        "\"Order_placed\"",
        "\"order_placed \"",
        "1",
        "null",
        "true",
        "[]",
        "{}",
        "\"dead_letter\"",
        "\"ledger\"",
        "\"profile\"",
        "\"\\ud800\""
      })
  void knowsNoContractOfThatEventType(String eventType) {
    String json = TestEvents.of("order_placed").withJson("event_type", eventType).toJson();
    Decoded decoded = Decoded.of(json);
    assertThat(decoded.failure()).isEqualTo(Failure.UNKNOWN_CONTRACT);
    assertThat(decoded.eventType()).isEqualTo("unknown");
  }

  @Test
  void needsAnEventType() {
    assertThat(failure("{}")).isEqualTo(Failure.UNKNOWN_CONTRACT);
    assertThat(failure(TestEvents.of("order_placed").without("event_type").toJson()))
        .isEqualTo(Failure.UNKNOWN_CONTRACT);
  }

  @Test
  void findsTheEventTypeWhereverItStands() {
    String json =
        TestEvents.of("order_placed")
            .without("event_type")
            .withJson("event_type", "\"order_placed\"")
            .toJson();
    assertThat(json).endsWith("\"event_type\":\"order_placed\"}");
    assertThat(failure(json)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99",
        "0",
        "-1",
        "\"1\"",
        "1.0",
        "1e0",
        "true",
        "[1]",
        "{}",
        "4294967297",
        "2",
        "99999999999999999999"
      })
  void knowsNoSuchVersion(String version) {
    String json = TestEvents.of("order_placed").withJson("contract_version", version).toJson();
    Decoded decoded = Decoded.of(json);
    assertThat(decoded.failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    assertThat(decoded.eventType()).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null"})
  void takesTheVersionAskedForElseTheNewest(String version) {
    String json = TestEvents.of("order_placed").withJson("contract_version", version).toJson();
    Decoded decoded = Decoded.of(json);
    assertThat(decoded.failure()).isNull();
    assertThat(decoded.unknownFields()).isZero();
  }

  @Test
  void readsEachVersionWithItsOwnContract() {
    ContractCatalog catalog =
        TestContracts.catalog(
            TestContracts.file("sold", 2, "{\"name\":\"b\",\"type\":\"int\"}", "[]"),
            TestContracts.file("sold", 1, "{\"name\":\"a\",\"type\":\"string\"}", "[]"));
    EventDecoder decoder = new EventDecoder(catalog, Decoded.MIB, false);
    String core = "{\"event_type\":\"sold\",\"event_id\":\"e\",\"event_time\":0,\"user_id\":\"u\"";
    assertThat(decoder.decode((core + ",\"b\":3}").getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(decoder.contract().version()).isEqualTo(2);
    String first = core + ",\"a\":\"x\",\"contract_version\":1}";
    assertThat(decoder.decode(first.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(decoder.contract().version()).isEqualTo(1);
  }

  @Test
  void reportsWhatIsUnreadableBeforeTheEventType() {
    assertThat(failure("{\"event_type\":\"nobody\",\"a\":1,\"a\":1}"))
        .isEqualTo(Failure.UNREADABLE);
    assertThat(failure("{\"event_type\":\"nobody\"")).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void reportsTheEventTypeBeforeItsVersionAndFields() {
    assertThat(failure("{\"event_type\":\"nobody\",\"contract_version\":99}"))
        .isEqualTo(Failure.UNKNOWN_CONTRACT);
    assertThat(failure("{\"event_type\":\"nobody\",\"event_id\":7}"))
        .isEqualTo(Failure.UNKNOWN_CONTRACT);
  }

  @Test
  void reportsTheVersionBeforeTheFields() {
    assertThat(failure("{\"event_type\":\"order_placed\",\"contract_version\":99}"))
        .isEqualTo(Failure.UNKNOWN_VERSION);
  }

  @Test
  void keepsTheContractOfAnEventThatBreaksIt() {
    Decoded decoded = Decoded.of("{\"event_type\":\"order_placed\"}");
    assertThat(decoded.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    assertThat(decoded.message()).isEqualTo("event_id: required, and missing");
    assertThat(decoded.eventType()).isEqualTo("order_placed");
  }
}
