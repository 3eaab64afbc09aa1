package dev.thalweg.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.validate.ValidateConfig;
import dev.thalweg.operators.validate.ValidateEvents;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding and validation as they stand in a chain. */
final class DecodeAndValidateTest {
  private static final long NOON = 1_793_534_400_000L;
  private static final long FLOOR = 631_152_000_000L;
  private static final long DAY = 86_400_000L;
  private static final int MAX_BYTES = 4_096;

  private static OperatorHarness<RawRecord, Message> decode;
  private static OperatorHarness<Message, Message> validate;

  @BeforeAll
  static void open() throws Exception {
    decode = decoder(false);
    ValidateConfig config = new ValidateConfig(Instant.ofEpochMilli(FLOOR), Duration.ofMillis(DAY));
    validate =
        OperatorHarness.of(
                () -> new ValidateEvents(ContractCatalog::fromClassPath, config),
                MessageTypes.MESSAGE,
                MessageTypes.MESSAGE)
            .open();
  }

  private static OperatorHarness<RawRecord, Message> decoder(boolean rejectUnknown)
      throws Exception {
    DecodeConfig config = new DecodeConfig(MAX_BYTES, rejectUnknown);
    return OperatorHarness.of(
            () -> new DecodeEvents(ContractCatalog::fromClassPath, config),
            MessageTypes.RAW_RECORD,
            MessageTypes.MESSAGE)
        .open();
  }

  @AfterAll
  static void close() throws Exception {
    decode.close();
    validate.close();
  }

  /** The one message that a record becomes. */
  private static Message judge(RawRecord raw) throws Exception {
    List<Message> decoded = decode.process(raw).drain();
    assertThat(decoded).hasSize(1);
    List<Message> validated = validate.process(decoded.get(0)).drain();
    assertThat(validated).hasSize(1);
    return validated.get(0);
  }

  private static void assertRefused(RawRecord raw, Failure failure, String stage, String type)
      throws Exception {
    assertThat(judge(raw)).isInstanceOf(DeadLetter.class);
    DeadLetter letter = (DeadLetter) judge(raw);
    assertThat(letter.failure()).as(letter.message()).isEqualTo(failure);
    assertThat(letter.stage()).isEqualTo(stage);
    assertThat(letter.eventType()).isEqualTo(type);
    assertThat(letter.raw()).isSameAs(raw);
  }

  private static TestEvents order() {
    return TestEvents.event("order_placed").from(3, 17);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] cut(byte[] bytes, int fewer) {
    return Arrays.copyOf(bytes, bytes.length - fewer);
  }

  private static byte[] otherFingerprint() {
    byte[] bytes = order().avro();
    bytes[5] ^= 1;
    return bytes;
  }

  static Stream<Arguments> refusals() {
    TestEvents at = order();
    String unknown = DeadLetter.UNKNOWN;
    return Stream.of(
        Arguments.of(at.record(new byte[MAX_BYTES + 1]), Failure.SIZE_VIOLATION, unknown),
        Arguments.of(at.record(null), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(new byte[0]), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(utf8("[1]")), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(utf8("{\"a\":1,\"a\":2}")), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(utf8("{\"a\":NaN}")), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(cut(utf8(at.json()), 1)), Failure.UNREADABLE, unknown),
        Arguments.of(at.record(cut(at.avro(), 1)), Failure.UNREADABLE, "order_placed"),
        Arguments.of(TestEvents.event("none").jsonRecord(), Failure.UNKNOWN_CONTRACT, unknown),
        Arguments.of(at.record(otherFingerprint()), Failure.UNKNOWN_VERSION, unknown),
        Arguments.of(
            order().with("contract_version", 99).jsonRecord(), Failure.UNKNOWN_VERSION, unknown),
        Arguments.of(
            order().with("amount_cents", "much").jsonRecord(),
            Failure.SCHEMA_VIOLATION,
            "order_placed"),
        Arguments.of(
            order().without("user_id").jsonRecord(), Failure.SCHEMA_VIOLATION, "order_placed"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatCannotBeDecodedBecomesOneDeadLetterWithItsRecord(
      RawRecord raw, Failure failure, String type) throws Exception {
    assertRefused(raw, failure, DecodeEvents.STAGE, type);
  }

  @Test
  void eventsOfEveryContractPassInBothEncodingsAlike() throws Exception {
    for (Contract contract : TestEvents.catalog().events()) {
      TestEvents event = TestEvents.event(contract.type()).from(2, 9);
      Event json = (Event) judge(event.jsonRecord());
      Event avro = (Event) judge(event.avroRecord());
      assertThat(json.subject()).isEqualTo(avro.subject()).isEqualTo("u1");
      assertThat(json.userKnown()).isTrue();
      assertThat(json.eventTime()).isEqualTo(avro.eventTime()).isEqualTo(NOON);
      assertThat(json.idHigh()).isEqualTo(avro.idHigh());
      assertThat(json.idLow()).isEqualTo(avro.idLow());
      assertThat(json.fingerprint()).isEqualTo(contract.canonicalFingerprint());
      assertThat(json.origin()).isEqualTo(event.origin());
      assertThat(payload(json)).isEqualTo(payload(avro));
    }
  }

  private static byte[] payload(Event event) {
    return Arrays.copyOfRange(event.payload(), event.payloadStart(), event.payload().length);
  }

  @Test
  void subjectIsTheUserElseTheDevice() throws Exception {
    Event both = (Event) judge(order().with("anonymous_id", "d").jsonRecord());
    assertThat(both.subject()).isEqualTo("u1");
    Event device = (Event) judge(order().anonymous("d").jsonRecord());
    assertThat(device.subject()).isEqualTo("d");
    assertThat(device.userKnown()).isFalse();
  }

  @Test
  void unknownAttributesAreDroppedAndCountedOrRefused() throws Exception {
    RawRecord raw = order().with("colour", "red").with("size", 3).jsonRecord();
    long before = decode.counter("attributes_dropped");
    assertThat(judge(raw)).isInstanceOf(Event.class);
    assertThat(decode.counter("attributes_dropped")).isEqualTo(before + 2);
    try (var strict = decoder(true)) {
      DeadLetter letter = (DeadLetter) strict.process(raw).drain().get(0);
      assertThat(letter.failure()).isEqualTo(Failure.SCHEMA_VIOLATION);
      assertThat(strict.counter("attributes_dropped")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {FLOOR, NOON, NOON + DAY})
  void saneTimesPass(long eventTime) throws Exception {
    assertThat(judge(order().at(eventTime).jsonRecord())).isInstanceOf(Event.class);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {Long.MIN_VALUE, FLOOR - 1, NOON + DAY + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE})
  void timesBeforeTheFloorOrTooFarAfterArrivalAreRefused(long eventTime) throws Exception {
    RawRecord raw = order().at(eventTime).avroRecord();
    assertRefused(raw, Failure.TIME_VIOLATION, ValidateEvents.STAGE, "order_placed");
  }

  @Test
  void timesAreJudgedRightAtTheEndsOfTime() throws Exception {
    assertThat(judge(order().at(Long.MAX_VALUE).arrived(Long.MAX_VALUE).avroRecord()))
        .isInstanceOf(Event.class);
    assertRefused(
        order().at(Long.MAX_VALUE).arrived(-1).avroRecord(),
        Failure.TIME_VIOLATION,
        ValidateEvents.STAGE,
        "order_placed");
    assertRefused(
        order().at(NOON).arrived(Long.MIN_VALUE).avroRecord(),
        Failure.TIME_VIOLATION,
        ValidateEvents.STAGE,
        "order_placed");
  }

  @Test
  void brokenRuleIsRefusedAfterTheTimeWasJudged() throws Exception {
    TestEvents event = order().with("amount_cents", -1);
    assertRefused(event.jsonRecord(), Failure.RULE_VIOLATION, ValidateEvents.STAGE, "order_placed");
    assertRefused(
        event.at(0).jsonRecord(), Failure.TIME_VIOLATION, ValidateEvents.STAGE, "order_placed");
    assertRefused(
        order().id("").jsonRecord(), Failure.RULE_VIOLATION, ValidateEvents.STAGE, "order_placed");
    assertRefused(
        TestEvents.event("goal_reached").with("value", Double.POSITIVE_INFINITY).avroRecord(),
        Failure.RULE_VIOLATION,
        ValidateEvents.STAGE,
        "goal_reached");
  }

  @Test
  void configRefusesWhatMakesNoSense() {
    for (Duration bad : List.of(Duration.ofMillis(-1), Duration.ofDays(3651))) {
      assertThatThrownBy(() -> new ValidateConfig(Instant.EPOCH, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
    for (Instant bad : List.of(Instant.MIN, Instant.MAX)) {
      assertThatThrownBy(() -> new ValidateConfig(bad, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString());
    }
    assertThatThrownBy(() -> new DecodeConfig(0, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void otherMessagesPassValidation() throws Exception {
    Message letter =
        new DeadLetter("x", Failure.UNREADABLE, "", DeadLetter.UNKNOWN, order().jsonRecord());
    assertThat(validate.process(letter).drain()).containsExactly(letter);
  }

  @Test
  void anyBytesBecomeExactlyOneMessage() throws Exception {
    Random random = new Random(20261101);
    List<byte[]> seeds = new ArrayList<>();
    for (Contract contract : TestEvents.catalog().events()) {
      seeds.add(TestEvents.event(contract.type()).avro());
      seeds.add(utf8(TestEvents.event(contract.type()).with("extra", List.of(1)).json()));
    }
    Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    int events = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes =
          i % 4 == 0 ? randomBytes(random) : mutated(seeds.get(i % seeds.size()), random);
      byte[] before = bytes.clone();
      Message message = judge(order().record(bytes));
      if (message instanceof DeadLetter letter) {
        assertThat(letter.raw().value()).isSameAs(bytes).isEqualTo(before);
        failures.merge(letter.failure(), 1, Integer::sum);
      } else {
        assertThat(((Event) message).origin().offset()).isEqualTo(17);
        events++;
      }
    }
    assertThat(events).isGreaterThan(1_000);
    assertThat(failures)
        .containsKeys(
            Failure.UNREADABLE,
            Failure.UNKNOWN_CONTRACT,
            Failure.UNKNOWN_VERSION,
            Failure.SCHEMA_VIOLATION,
            Failure.TIME_VIOLATION,
            Failure.RULE_VIOLATION)
        .doesNotContainKey(Failure.INTERNAL_ERROR);
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    if (bytes.length > 2 && random.nextBoolean()) {
      bytes[0] = random.nextBoolean() ? (byte) '{' : (byte) 0xC3;
      bytes[1] = 1;
    }
    return bytes;
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        default -> bytes[at] = (byte) "\"{}[]:,0-9e.nt\\".charAt(random.nextInt(15));
      }
    }
    return bytes;
  }
}
