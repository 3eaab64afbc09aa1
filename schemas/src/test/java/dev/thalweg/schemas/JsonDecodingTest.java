package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSON events become, attribute by attribute. */
class JsonDecodingTest {
  private static final String ALL_TYPES =
      """
      {"event_type":"all_types","event_id":"e","event_time":0,"user_id":"u","an_int":1,"a_long":2,
       "a_float":0.5,"a_double":0.25,"a_boolean":false,"some_bytes":"AQID"%s}
      """;

  private final EventDecoder decoder = Decoded.decoder();
  private final Contract allTypes = TestContracts.allTypes();

  private void assertBreaksContract(TestEvent event, String message) {
    assertThat(decoder.decode(event.toJsonBytes())).isFalse();
    assertThat(decoder.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    assertThat(decoder.message()).isEqualTo(message);
  }

  private Object value(String field) {
    return GenericReading.value(decoder.cursor(), decoder.contract().field(field));
  }

  private EventDecoder decodeAllTypes(String more) {
    EventDecoder other =
        new EventDecoder(
            TestContracts.catalog(
                TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, "[]")),
            Decoded.MIB,
            false);
    other.decode(ALL_TYPES.formatted(more).getBytes(StandardCharsets.UTF_8));
    return other;
  }

  @Test
  void readsEveryAttribute() {
    TestEvent event =
        TestEvents.of("order_placed")
            .with("anonymous_id", "a1")
            .with("correlation_id", "c1")
            .with("source", "web")
            .with("environment", "staging")
            .with("producer_version", "1.2")
            .with("order_id", "o1")
            .with("product_id", "p1")
            .with("quantity", 3)
            .with("currency", "\u20ac \ud83d\ude00")
            .with("session_id", "s1");
    assertThat(decoder.decode(event.toJsonBytes())).isTrue();
    assertThat(value("event_id")).isEqualTo("e1");
    assertThat(value("event_time")).isEqualTo(TestEvents.TIME);
    assertThat(value("user_id")).isEqualTo("u1");
    assertThat(value("anonymous_id")).isEqualTo("a1");
    assertThat(value("correlation_id")).isEqualTo("c1");
    assertThat(value("source")).isEqualTo("web");
    assertThat(value("environment")).isEqualTo("staging");
    assertThat(value("producer_version")).isEqualTo("1.2");
    assertThat(value("order_id")).isEqualTo("o1");
    assertThat(value("product_id")).isEqualTo("p1");
    assertThat(value("quantity")).isEqualTo(3);
    assertThat(value("amount_cents")).isEqualTo(1299L);
    assertThat(value("currency")).isEqualTo("\u20ac \ud83d\ude00");
    assertThat(value("session_id")).isEqualTo("s1");
  }

  @Test
  void fillsInDefaults() {
    decoder.decode(TestEvents.of("order_placed").toJsonBytes());
    assertThat(value("source")).isEqualTo("unknown");
    assertThat(value("environment")).isEqualTo("production");
    assertThat(value("quantity")).isEqualTo(1);
    assertThat(value("currency")).isEqualTo("USD");
    assertThat(value("anonymous_id")).isNull();
    assertThat(value("correlation_id")).isNull();
    assertThat(value("order_id")).isNull();
    decoder.decode(TestEvents.of("goal_reached").toJsonBytes());
    assertThat(value("value")).isEqualTo(1.0);
  }

  @Test
  void takesNullForAbsent() {
    TestEvent event =
        TestEvents.of("order_placed")
            .with("anonymous_id", null)
            .with("order_id", null)
            .with("currency", null)
            .with("quantity", null);
    assertThat(decoder.decode(event.toJsonBytes())).isTrue();
    byte[] withNulls = decoder.payload();
    assertThat(decoder.decode(TestEvents.of("order_placed").toJsonBytes())).isTrue();
    assertThat(withNulls).isEqualTo(decoder.payload());
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_id", "event_time", "amount_cents"})
  void needsRequiredAttributes(String name) {
    assertBreaksContract(
        TestEvents.of("order_placed").without(name), name + ": required, and missing");
    assertBreaksContract(
        TestEvents.of("order_placed").with(name, null), name + ": required, and null");
  }

  @Test
  void needsOneOfTheIds() {
    assertThat(
            decoder.decode(
                TestEvents.of("app_opened")
                    .without("user_id")
                    .with("anonymous_id", "a1")
                    .toJsonBytes()))
        .isTrue();
    assertThat(value("user_id")).isNull();
    assertThat(value("anonymous_id")).isEqualTo("a1");
    String message = "one of user_id and anonymous_id is required";
    assertBreaksContract(TestEvents.of("app_opened").without("user_id"), message);
    assertBreaksContract(
        TestEvents.of("app_opened").with("user_id", null).with("anonymous_id", null), message);
  }

  @Test
  void dropsUnknownAttributesAndCountsThem() {
    decoder.decode(TestEvents.of("app_opened").toJsonBytes());
    byte[] plain = decoder.payload();
    byte[] more =
        TestEvents.of("app_opened")
            .with("shoe_size", 44)
            .withJson("address", "{\"city\":\"x\"}")
            .with("nothing", null)
            .toJsonBytes();
    assertThat(decoder.decode(more)).isTrue();
    assertThat(decoder.unknownFields()).isEqualTo(3);
    assertThat(decoder.payload()).isEqualTo(plain);
    decoder.decode(TestEvents.of("app_opened").toJsonBytes());
    assertThat(decoder.unknownFields()).isZero();
  }

  @Test
  void rejectsUnknownAttributesWhereAsked() {
    EventDecoder strict = new EventDecoder(TestEvents.catalog(), Decoded.MIB, true);
    TestEvent event = TestEvents.of("app_opened").withJson("contract_version", "1");
    assertThat(strict.decode(event.toJsonBytes())).isTrue();
    assertThat(strict.decode(event.with("shoe_size", 44).toJsonBytes())).isFalse();
    assertThat(strict.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    assertThat(strict.message()).isEqualTo("shoe_size: not in the contract app_opened v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_id | 1 | text | a number",
        "event_id | true | text | a boolean",
        "event_id | ['x'] | text | an object or array",
        "event_id | {} | text | an object or array",
        "event_id | '\\ud800' | text | half a surrogate pair",
        "event_id | 'x\\udc00y' | text | half a surrogate pair",
        "event_time | 'soon' | an ISO-8601 instant or epoch milliseconds | other text",
        "event_time | 1.5 | an ISO-8601 instant or epoch milliseconds | a number",
        "event_time | 1e12 | an ISO-8601 instant or epoch milliseconds | a number",
        "event_time | 9223372036854775808 | an ISO-8601 instant or epoch milliseconds | a number",
        "event_time | false | an ISO-8601 instant or epoch milliseconds | a boolean",
        "user_id | 7 | text | a number",
        "quantity | '1' | a whole number of 32 bits | other text",
        "quantity | 1.0 | a whole number of 32 bits | a number",
        "quantity | 2147483648 | a whole number of 32 bits | a number",
        "quantity | -2147483649 | a whole number of 32 bits | a number",
        "quantity | [] | a whole number of 32 bits | an object or array",
        "amount_cents | 12.99 | a whole number of 64 bits | a number",
        "amount_cents | 1e3 | a whole number of 64 bits | a number",
        "amount_cents | 9223372036854775808 | a whole number of 64 bits | a number",
        "amount_cents | -9223372036854775809 | a whole number of 64 bits | a number",
        "amount_cents | '1299' | a whole number of 64 bits | other text"
      })
  void saysWhichTypeIsWrong(String name, String json, String expected, String found) {
    assertBreaksContract(
        TestEvents.of("order_placed").withJson(name, json.replace('\'', '"')),
        name + ": expected " + expected + ", found " + found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "an_int | true | a whole number of 32 bits, found a boolean",
        "a_long | 1.5 | a whole number of 64 bits, found a number",
        "a_float | 'x' | a number, found other text",
        "a_double | 'NaN' | a number, found other text",
        "a_double | [] | a number, found an object or array",
        "a_boolean | 1 | true or false, found a number",
        "a_boolean | 'true' | true or false, found other text",
        "some_bytes | 1 | base64 text, found a number",
        "some_bytes | '*' | base64 text, found other text",
        "some_bytes | '\\u0141' | base64 text, found other text",
        "some_time | 'x' | an ISO-8601 instant or epoch milliseconds, found other text",
        "maybe_int | 1.5 | a whole number of 32 bits, found a number",
        "maybe_bytes | false | base64 text, found a boolean",
        "boolean_or | 0 | true or false, found a number"
      })
  void refusesWrongTypesOfEveryKind(String name, String json, String message) {
    EventDecoder other = decodeAllTypes("");
    TestEvent event = TestEvents.random(allTypes, new Random(1));
    assertThat(other.decode(event.toJsonBytes())).isTrue();
    assertThat(other.decode(event.withJson(name, json.replace('\'', '"')).toJsonBytes())).isFalse();
    assertThat(other.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    assertThat(other.message()).isEqualTo(name + ": expected " + message);
  }

  @Test
  void readsEveryTypeAndItsDefault() {
    EventDecoder other =
        decodeAllTypes(",\"some_time\":5,\"maybe_int\":-1,\"maybe_bytes\":\"/w==\"");
    assertThat(other.message()).isNull();
    EventCursor cursor = other.cursor();
    assertThat(cursor.contract().schema()).isEqualTo(allTypes.schema());
    assertThat(of(cursor, "an_int")).isEqualTo(1);
    assertThat(of(cursor, "a_long")).isEqualTo(2L);
    assertThat(of(cursor, "a_float")).isEqualTo(0.5f);
    assertThat(of(cursor, "a_double")).isEqualTo(0.25);
    assertThat(of(cursor, "a_boolean")).isEqualTo(false);
    assertThat(of(cursor, "some_bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    assertThat(of(cursor, "some_time")).isEqualTo(5L);
    assertThat(of(cursor, "maybe_int")).isEqualTo(-1);
    assertThat(of(cursor, "maybe_bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xFF}));
    assertThat(of(cursor, "int_or")).isEqualTo(-7);
    assertThat(of(cursor, "long_or")).isEqualTo(5_000_000_000L);
    assertThat(of(cursor, "float_or")).isEqualTo(0.5f);
    assertThat(of(cursor, "double_or")).isEqualTo(-2.25);
    assertThat(of(cursor, "boolean_or")).isEqualTo(true);
    assertThat(of(cursor, "bytes_or")).isEqualTo(ByteBuffer.wrap(new byte[] {0, (byte) 0xFF}));
    assertThat(of(cursor, "text_or")).isEqualTo("gr\u00fcn");
    GenericReading.assertAgrees(cursor, other.payload(), 0, other.payload().length);
  }

  private static Object of(EventCursor cursor, String field) {
    return GenericReading.value(cursor, cursor.contract().field(field));
  }

  @Test
  void keepsWholeNumbersToTheLastBit() {
    for (long amount : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1, (1L << 53) + 1}) {
      decoder.decode(TestEvents.of("order_placed").with("amount_cents", amount).toJsonBytes());
      assertThat(value("amount_cents")).isEqualTo(amount);
    }
  }

  @Test
  void readsAnyNumberAsDouble() {
    String[][] numbers = {
      {"3", "3.0"},
      {"-0.0", "-0.0"},
      {"1e-400", "0.0"},
      {"1e999", "Infinity"},
      {"-1e999999999999999999999", "-Infinity"},
      {"9007199254740993", "9.007199254740992E15"},
      {"100000000000000000000", "1.0E20"},
      {"0.1", "0.1"},
      {"1" + "0".repeat(2_000), "Infinity"},
      {"0." + "0".repeat(2_000) + "1", "0.0"}
    };
    for (String[] number : numbers) {
      TestEvent event = TestEvents.of("goal_reached").withJson("value", number[0]);
      assertThat(decoder.decode(event.toJsonBytes())).as(number[0]).isTrue();
      assertThat(String.valueOf(value("value"))).isEqualTo(number[1]);
    }
  }

  @Test
  void carriesLargeEventsWhereTheSizeAllows() {
    EventDecoder large = new EventDecoder(TestEvents.catalog(), 8 << 20, false);
    for (int size : new int[] {5_000_000, 7_900_000}) {
      String page = "\u00e9" + "x".repeat(size);
      TestEvent event = TestEvents.of("page_viewed").with("page", page);
      assertThat(large.decode(event.toJsonBytes())).isTrue();
      assertThat(large.cursor().text(large.contract().field("page").position())).isEqualTo(page);
      assertThat(large.decode(event.toAvro())).isTrue();
      assertThat(large.cursor().text(large.contract().field("page").position())).isEqualTo(page);
      byte[] unknown = TestEvents.of("page_viewed").with("other", page).toJsonBytes();
      assertThat(large.decode(unknown)).isTrue();
      assertThat(large.unknownFields()).isOne();
      assertThat(Decoded.of(event.toJsonBytes()).failure()).isEqualTo(Failure.SIZE_VIOLATION);
      assertThat(Decoded.of(event.toAvro()).failure()).isEqualTo(Failure.SIZE_VIOLATION);
    }
  }

  @Test
  void doesNotWriteToAPayloadAgain() {
    decoder.decode(TestEvents.of("order_placed").toJsonBytes());
    byte[] first = decoder.payload();
    byte[] copy = Arrays.copyOf(first, first.length);
    decoder.decode(TestEvents.of("order_placed").with("event_id", "zzzzz").toJsonBytes());
    assertThat(first).isEqualTo(copy);
  }
}
