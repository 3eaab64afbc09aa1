package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events made to slow the job down, to fill its memory, or to end up in its logs. */
class HostileInputTest {
  private static final Duration SOON = Duration.ofMillis(800);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 8 << 20, false);

  private void assertDecodesSoon(String json, int unknownFields) {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    // Processor time, as others may be using the machine.
    long before = THREADS.getCurrentThreadCpuTime();
    assertThat(decoder.decode(value)).as(decoder.message()).isTrue();
    assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before)).isLessThan(SOON);
    assertThat(decoder.unknownFields()).isEqualTo(unknownFields);
  }

  private static String withAttributes(int count, java.util.function.IntFunction<String> name) {
    StringBuilder out = new StringBuilder(TestEvents.of("app_opened").toJson());
    out.setLength(out.length() - 1);
    for (int i = 0; i < count; i++) {
      out.append(",\"").append(name.apply(i)).append("\":1");
    }
    return out.append('}').toString();
  }

  /** Different texts of one hash code: each bit chooses between "Aa" and "BB". */
  private static String colliding(int i) {
    StringBuilder out = new StringBuilder();
    for (int bit = 0; bit < 15; bit++) {
      out.append((i >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return out.toString();
  }

  @Test
  void readsManyDistinctAttributesInLinearTime() {
    assertDecodesSoon(withAttributes(100_000, i -> "k" + i), 100_000);
    assertDecodesSoon(withAttributes(100_000, i -> Integer.toString(i * 31, 36)), 100_000);
  }

  @Test
  void readsAttributesOfOneHashCodeInLinearTime() {
    assertThat(colliding(5)).hasSameHashCodeAs(colliding(7_777)).isNotEqualTo(colliding(7_777));
    assertDecodesSoon(withAttributes(25_000, HostileInputTest::colliding), 25_000);
  }

  @Test
  void readsNumbersOfAnyLengthInLinearTime() {
    String digits = "7".repeat(1_000_000);
    for (String number : new String[] {digits, "-" + digits, "0." + digits, digits + "e5"}) {
      TestEvent event = TestEvents.of("app_opened").withJson("x", number);
      assertDecodesSoon(event.toJson(), 1);
      assertDecodesSoon(event.withJson("x", "[" + number + "]").toJson(), 1);
    }
  }

  @Test
  void readsManyNestedObjectsInLinearTime() {
    String nested = "[" + "{\"a\":1,\"b\":2,\"c\":3},".repeat(50_000) + "1]";
    assertDecodesSoon(TestEvents.of("app_opened").withJson("x", nested).toJson(), 1);
  }

  @Test
  void givesBackTheMemoryOfALargeEvent() {
    JsonObjectReader reader = new JsonObjectReader();
    String json = withAttributes(100_000, i -> "k" + i);
    assertThat(reader.read(json.getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(reader.count()).isEqualTo(100_004);
    assertThat(reader.room()).isGreaterThanOrEqualTo(100_004);
    assertThat(reader.read("{}".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(reader.room()).isLessThan(100);
  }

  @Test
  void cursorAllocatesNothing() {
    Contract contract = TestEvents.catalog().newest("order_placed").orElseThrow();
    byte[] value = TestEvents.of("order_placed").with("order_id", "o").toAvroValue();
    int amount = contract.field("amount_cents").position();
    int orderId = contract.field("order_id").position();
    EventCursor cursor = new EventCursor(contract);
    RuleSet rules = RuleSet.compile(contract);
    long sum = 0;
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 10_000; i++) {
        sum += cursor.read(value, 0, value.length) ? cursor.longValue(amount) : 0;
        sum += cursor.contentLength(orderId) + cursor.contentStart(orderId);
        sum += cursor.isNull(CoreFields.ANONYMOUS_ID) ? 1 : 0;
        sum += rules.firstBroken(cursor) == null ? 1 : 0;
      }
      allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(sum).isPositive();
    assertThat(allocated).as("bytes in 10,000 readings").isLessThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zorilla",
        "{Zorilla:1}",
        "{\"a\":Zorilla}",
        "{\"a\":\"Zorilla",
        "{\"a\":trueZorilla}",
        "{\"Zorilla\":1,\"Zorilla\":2}",
        "{\"Zorilla\":[}",
        "{\"a\":\"Zorilla\\q\"}",
        "{\"a\":\"Zorilla\u0007\"}",
        "{\"event_type\":\"Zorilla\"}",
        "{\"a\":nullZorilla}",
        "{\"event_type\":\"app_opened\",\"contract_version\":\"Zorilla\"}",
        "{\"event_type\":\"app_opened\",\"event_id\":{\"Zorilla\":1}}",
        "{\"event_type\":\"app_opened\",\"event_id\":\"e\",\"event_time\":\"Zorilla\"}"
      })
  void repeatsNoValueInAMessage(String json) {
    assertThat(decoder.decode(json.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(decoder.message()).doesNotContainIgnoringCase("zorilla");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a@b.example", "", "line\nbreak", "\u00e9", "+49 30 1234", "1st", "a b"})
  void repeatsNoNameThatMayBeAValue(String name) {
    EventDecoder strict = new EventDecoder(TestEvents.catalog(), Decoded.MIB, true);
    String quoted = name.replace("\n", "\\n");
    String json = withAttributes(1, i -> quoted);
    assertThat(strict.decode(json.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(strict.message())
        .isEqualTo("an attribute of another form of name: not in the contract app_opened v1");
    String longName = withAttributes(1, i -> "x".repeat(100_000));
    assertThat(strict.decode(longName.getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(strict.message()).hasSizeLessThan(100);
  }
}
