package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cursor and the decoder over Avro's binary encoding, judged by Avro's own reader. */
class AvroDecodingTest {
  private static final int HEADER = SingleObject.HEADER_LENGTH;

  private static List<Contract> contracts() {
    return Stream.concat(
            TestEvents.catalog().events().stream(), Stream.of(TestContracts.allTypes()))
        .toList();
  }

  private static byte[] value(Contract contract, byte... bytes) {
    AvroBuffer out = new AvroBuffer().header(contract.fingerprint());
    return out.raw(bytes, 0, bytes.length).toByteArray();
  }

  private static void assertUnreadable(byte[] value, String message) {
    Decoded decoded = Decoded.of(value);
    assertThat(decoded.failure()).isEqualTo(Failure.UNREADABLE);
    assertThat(decoded.message()).isEqualTo(message);
  }

  @Property(tries = 300)
  void readsWhatTheGenericReaderReads(@ForAll long seed) {
    Random random = new Random(seed);
    for (Contract contract : contracts()) {
      byte[] value = TestEvents.random(contract, random).toAvroValue();
      byte[] within = new byte[value.length + 7];
      random.nextBytes(within);
      System.arraycopy(value, 0, within, 3, value.length);
      EventCursor cursor = new EventCursor(contract);
      assertThat(cursor.read(within, 3, 3 + value.length)).as(cursor.problem()).isTrue();
      GenericReading.assertAgrees(cursor, within, 3, 3 + value.length);
      assertThat(cursor.readPrefix(within, 3, within.length)).isEqualTo(3 + value.length);
    }
  }

  @Property(tries = 50)
  void refusesEveryTruncationAndWhatFollows(@ForAll long seed) {
    for (Contract contract : contracts()) {
      byte[] value = TestEvents.random(contract, new Random(seed)).toAvroValue();
      EventCursor cursor = new EventCursor(contract);
      for (int length = 0; length < value.length; length++) {
        assertThat(cursor.read(value, 0, length)).isFalse();
        assertThat(cursor.problem()).isNotBlank();
        assertThat(cursor.readPrefix(value, 0, length)).isNegative();
      }
      byte[] longer = Arrays.copyOf(value, value.length + 2);
      assertThat(cursor.read(longer, 0, longer.length)).isFalse();
      assertThat(cursor.problem()).isEqualTo("2 bytes follow the last field");
    }
  }

  @Property(tries = 10)
  void acceptsAFlippedBitOnlyWhereTheGenericReaderAgrees(@ForAll long seed) {
    for (Contract contract : contracts()) {
      byte[] value = TestEvents.random(contract, new Random(seed)).toAvroValue();
      EventCursor cursor = new EventCursor(contract);
      for (int bit = 0; bit < 8 * value.length; bit++) {
        byte[] flipped = value.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        if (cursor.read(flipped, 0, flipped.length)) {
          GenericReading.assertAgrees(cursor, flipped, 0, flipped.length);
        }
      }
    }
  }

  @Test
  void readsDoublesThatAreNoNumbers() {
    for (double number : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      EventDecoder decoder = Decoded.decoder();
      byte[] value = TestEvents.of("goal_reached").with("value", number).toAvro();
      assertThat(decoder.decode(value)).isTrue();
      assertThat(decoder.cursor().doubleValue(decoder.contract().field("value").position()))
          .isEqualTo(Double.valueOf(number));
    }
  }

  @Test
  void handsOutTheBytesItWasGiven() {
    EventDecoder decoder = Decoded.decoder();
    byte[] value = TestEvents.of("order_placed").toAvro();
    assertThat(decoder.decode(value)).isTrue();
    assertThat(decoder.payload()).isSameAs(value);
    assertThat(decoder.payloadStart()).isEqualTo(10);
    assertThat(decoder.unknownFields()).isZero();
    assertThat(decoder.contract().type()).isEqualTo("order_placed");
  }

  @Test
  void carriesTheFingerprintOfTheSpecification() {
    for (Contract contract : TestEvents.catalog().events()) {
      byte[] header = Arrays.copyOf(TestEvents.of(contract.type()).toAvro(), HEADER);
      assertThat(SingleObject.fingerprint(header))
          .isEqualTo(SchemaNormalization.parsingFingerprint64(contract.schema()));
      assertThat(new AvroBuffer().header(contract.fingerprint()).toByteArray()).isEqualTo(header);
    }
  }

  @Test
  void refusesTruncatedHeaders() {
    byte[] value = TestEvents.of("order_placed").toAvro();
    for (int length = 2; length < HEADER; length++) {
      assertUnreadable(Arrays.copyOf(value, length), "truncated within the header");
    }
    assertUnreadable(Arrays.copyOf(value, HEADER), "event_id: truncated");
    assertThat(Decoded.of(Arrays.copyOf(value, 1)).failure()).isEqualTo(Failure.UNREADABLE);
  }

  @Test
  void knowsNoSuchFingerprint() {
    byte[] value = TestEvents.of("order_placed").toAvro();
    value[2] ^= 1;
    assertThat(Decoded.of(value).failure()).isEqualTo(Failure.UNKNOWN_VERSION);
    assertThat(Decoded.of(value).eventType()).isEqualTo("unknown");
    assertThat(Decoded.of(HexFormat.of().parseHex("c3010000000000000000")).message())
        .isEqualTo("no contract has the fingerprint 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dead_letter", "ledger", "metric_value", "profile"})
  void takesNoInternalRecordForAnEvent(String name) {
    byte[] value = value(TestEvents.catalog().record(name), new byte[20]);
    assertThat(Decoded.of(value).failure()).isEqualTo(Failure.UNKNOWN_VERSION);
  }

  @Test
  void takesNoCanonicalRecordForAnEvent() {
    Contract contract = TestEvents.catalog().newest("order_placed").orElseThrow();
    byte[] payload = TestEvents.of("order_placed").toAvroValue();
    byte[] canonical =
        new CanonicalEncoder("1")
            .encode(
                contract.canonicalFingerprint(),
                SchemaRegistry.NO_ID,
                1,
                payload,
                0,
                1,
                null,
                null);
    assertThat(Decoded.of(canonical).failure()).isEqualTo(Failure.UNKNOWN_VERSION);
  }

  @Test
  void reportsAVersionNobodyKnowsBeforeTheBytes() {
    assertThat(Decoded.of(HexFormat.of().parseHex("c3010102030405060708ff")).failure())
        .isEqualTo(Failure.UNKNOWN_VERSION);
  }

  @Test
  void keepsTheContractOfUnreadableBytes() {
    byte[] value = TestEvents.of("order_placed").toAvro();
    assertThat(Decoded.of(Arrays.copyOf(value, value.length - 1)).eventType())
        .isEqualTo("order_placed");
  }

  @Test
  void needsOneOfTheIds() {
    byte[] value = TestEvents.of("order_placed").without("user_id").toAvro();
    assertThat(Decoded.of(value).failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
    byte[] anonymous =
        TestEvents.of("order_placed").without("user_id").with("anonymous_id", "a").toAvro();
    assertThat(Decoded.of(anonymous).failure()).isNull();
  }

  @Test
  void refusesBranchesThatTheUnionHasNot() {
    Contract contract = TestEvents.catalog().newest("app_opened").orElseThrow();
    // event_id "e", event_time 0, then the branch of user_id
    for (int branch : new int[] {1, 3, 4, 0x7F, 0x80, 0xFF}) {
      assertUnreadable(
          value(contract, (byte) 2, (byte) 'e', (byte) 0, (byte) branch, (byte) 0, (byte) 0),
          "user_id: no such branch of the union");
    }
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    Contract contract = TestEvents.catalog().newest("app_opened").orElseThrow();
    assertUnreadable(value(contract, (byte) 2, (byte) 0xC3, (byte) 0), "event_id: not UTF-8");
    assertUnreadable(
        value(contract, (byte) 6, (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0),
        "event_id: not UTF-8");
  }

  @Test
  void refusesLengthsBeyondTheEndOrBelowZero() {
    Contract contract = TestEvents.catalog().newest("app_opened").orElseThrow();
    assertUnreadable(value(contract, (byte) 1, (byte) 'e'), "event_id: truncated");
    assertUnreadable(value(contract, (byte) 6, (byte) 'e'), "event_id: truncated");
    AvroBuffer huge = new AvroBuffer().header(contract.fingerprint()).number(Long.MAX_VALUE);
    assertUnreadable(huge.toByteArray(), "event_id: truncated");
    assertUnreadable(
        new AvroBuffer().header(contract.fingerprint()).number(Long.MIN_VALUE).toByteArray(),
        "event_id: truncated");
    assertUnreadable(
        new AvroBuffer().header(contract.fingerprint()).number((1L << 32) + 1).toByteArray(),
        "event_id: truncated");
  }

  @Test
  void refusesNumbersLongerThanAvroReads() {
    Contract contract = TestContracts.allTypes();
    byte[] core = new AvroBuffer().text("e").number(0).textOrNull("u").toByteArray();
    AvroBuffer start =
        new AvroBuffer().raw(core, 0, core.length).number(0).number(0).text("").text("").number(0);
    byte[] before = start.toByteArray();
    String[][] ints = {
      {"8080808000", null},
      {"808080808000", "an_int: number too long"},
      {"feffffff0f", null},
      {"8080808010", "an_int: number out of the range of int"},
      {"ffffffff7f", "an_int: number out of the range of int"},
      {"ffffffffffffffffff01", "an_int: number too long"},
      {"ffffffffffffffffff02", "an_int: number too long"},
      {"ffffffffffffffffffff01", "an_int: number too long"}
    };
    for (String[] number : ints) {
      byte[] bytes = HexFormat.of().parseHex(number[0]);
      AvroBuffer out = new AvroBuffer().raw(before, 0, before.length).raw(bytes, 0, bytes.length);
      byte[] rest = new byte[4 + 8 + 1 + 1 + 1];
      out.number(2).raw(rest, 0, rest.length).raw(new byte[2], 0, 2).number(1).number(2);
      out.number(0.5f).number(0.5).bool(true).bytes(new byte[2]).text("x");
      byte[] value = out.toByteArray();
      EventCursor cursor = new EventCursor(contract);
      assertThat(cursor.read(value, 0, value.length)).as(number[0]).isEqualTo(number[1] == null);
      assertThat(cursor.problem()).isEqualTo(number[1]);
      if (number[1] == null) {
        GenericReading.assertAgrees(cursor, value, 0, value.length);
      }
    }
  }

  @Test
  void refusesBooleansOtherThanZeroAndOne() {
    Contract contract =
        TestContracts.catalog(
                TestContracts.file("sold", 1, "{\"name\":\"b\",\"type\":\"boolean\"}", "[]"))
            .newest("sold")
            .orElseThrow();
    byte[] value =
        new AvroBuffer()
            .text("e")
            .number(0)
            .number(0)
            .number(0)
            .number(0)
            .text("")
            .text("")
            .number(0)
            .bool(true)
            .toByteArray();
    EventCursor cursor = new EventCursor(contract);
    assertThat(cursor.read(value, 0, value.length)).isTrue();
    value[value.length - 1] = 2;
    assertThat(cursor.read(value, 0, value.length)).isFalse();
    assertThat(cursor.problem()).isEqualTo("b: not a boolean");
  }

  @Test
  void walksMapsInBlocks() {
    Contract profile = TestEvents.catalog().record("profile");
    EventCursor cursor = new EventCursor(profile);
    AvroBuffer two = new AvroBuffer().text("u").number(0).number(1).text("a").text("1");
    byte[] blocks = two.number(-1).number(4).text("b").text("2").number(0).toByteArray();
    assertThat(cursor.read(blocks, 0, blocks.length)).isTrue();
    GenericReading.assertAgrees(cursor, blocks, 0, blocks.length);
    for (long count : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 3}) {
      byte[] bad =
          new AvroBuffer().text("u").number(0).number(count).number(1).number(0).toByteArray();
      assertThat(cursor.read(bad, 0, bad.length)).as("%d entries", count).isFalse();
    }
  }

  @Property(tries = 300)
  void givesTheSameBytesForJsonAndAvro(@ForAll long seed) {
    Random random = new Random(seed);
    EventDecoder decoder = Decoded.decoder();
    for (Contract contract : TestEvents.catalog().events()) {
      TestEvent event = TestEvents.random(contract, random);
      assertThat(decoder.decode(event.toJsonBytes())).as(decoder.message()).isTrue();
      byte[] fromJson = decoder.payload();
      assertThat(decoder.payloadStart()).isZero();
      byte[] avro = event.toAvro();
      assertThat(decoder.decode(avro)).isTrue();
      assertThat(fromJson).isEqualTo(Arrays.copyOfRange(avro, HEADER, avro.length));
    }
  }

  @Test
  void isNotConfusedByJsonThatHoldsTheMarker() {
    byte[] json = "\u00c3\u0001".getBytes(StandardCharsets.UTF_8);
    assertThat(SingleObject.isMarked(json)).isFalse();
    assertThat(Decoded.of(json).failure()).isEqualTo(Failure.UNREADABLE);
  }
}
