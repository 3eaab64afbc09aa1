package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events meet a condition. */
class EventConditionTest {
  private static final Contract ALL_TYPES = TestContracts.allTypes();
  private static final ContractCatalog CATALOG =
      TestContracts.catalog(
          TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, "[]"),
          TestContracts.file(
              "other",
              1,
              "{\"name\": \"elsewhere\", \"type\": \"int\"}, {\"name\": \"an_int\", \"type\": \"string\"}",
              "[]"));
  private static final EventConditions CONDITIONS = new EventConditions(CATALOG);

  private static EventCursor cursor(TestEvent event) {
    byte[] value = event.toAvroValue();
    EventCursor cursor = new EventCursor(event.contract());
    assertThat(cursor.read(value, 0, value.length)).isTrue();
    return cursor;
  }

  private static TestEvent event() {
    return TestEvents.random(ALL_TYPES, new Random(3))
        .without("anonymous_id")
        .without("maybe_int")
        .without("maybe_bytes")
        .with("user_id", "u")
        .with("a_long", 7L)
        .with("a_double", 2.5)
        .with("a_boolean", true)
        .with("some_time", 1_793_534_400_000L);
  }

  private static boolean holds(String condition, TestEvent event) {
    return CONDITIONS.compile(condition, event.contract()).orElseThrow().holds(cursor(event));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a_long == 7 ; true",
        "a_long != 7 ; false",
        "a_long < 7 || a_double > 2.0 ; true",
        "a_boolean && user_id == 'u' ; true",
        "user_id != 'u' ; false",
        "user_id in ['t', 'u'] ; true",
        "user_id.startsWith('v') ; false",
        "some_time > timestamp('2026-11-01T11:59:59Z') ; true",
        "some_time.getFullYear() == 2026 ; true",
        "event_type == 'all_types' ; true",
        "event_type != 'all_types' ; false",
        "event_type.endsWith('_types') && a_long > 1 ; true",
        "a_long / 0 == 1 ; false",
        "true ; true",
      })
  void isAnyConditionOverTheFields(String condition, boolean holds) {
    assertThat(holds(condition, event())).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maybe_int > 5",
        "maybe_int <= 5",
        "maybe_int != 5",
        "!(maybe_int == 5)",
        "anonymous_id == ''",
        "anonymous_id != 'a'",
        "a_long == 7 || maybe_int == 5",
        "size(maybe_bytes) >= 0"
      })
  void isNotMetWhereAFieldIsAbsent(String condition) {
    assertThat(holds(condition, event())).isFalse();
  }

  @Test
  void isMetOnceTheFieldIsThere() {
    assertThat(holds("maybe_int > 5", event().with("maybe_int", 6))).isTrue();
    assertThat(holds("a_long == 7 || maybe_int == 5", event().with("maybe_int", 6))).isTrue();
  }

  @Test
  void readsCanonicalRecordsToo() {
    byte[] value = event().toAvroValue();
    byte[] canonical =
        new AvroBuffer()
            .raw(value, 0, value.length)
            .number(1_793_534_400_000L)
            .number(1)
            .text("test")
            .textMap(null)
            .toByteArray();
    EventCursor cursor = EventCursor.ofCanonical(ALL_TYPES);
    assertThat(cursor.read(canonical, 0, canonical.length)).isTrue();
    assertThat(CONDITIONS.compile("a_long == 7", ALL_TYPES).orElseThrow().holds(cursor)).isTrue();
  }

  @Test
  void isNoneWhereTheContractLacksAField() {
    assertThat(CONDITIONS.compile("elsewhere > 1", ALL_TYPES)).isEmpty();
    assertThat(CONDITIONS.compile("elsewhere > 1 || a_long == 7", ALL_TYPES)).isEmpty();
  }

  @Test
  void goesByTheTypeThatTheFieldHasInTheContract() {
    Contract other = CATALOG.newest("other").orElseThrow();
    TestEvent text = TestEvents.random(other, new Random(3)).with("an_int", "x");
    assertThat(holds("an_int == 'x'", text)).isTrue();
    assertThat(holds("an_int == 'x' && elsewhere != 1 / 0", text)).isFalse();
    assertThat(holds("an_int == 5", event().with("an_int", 5))).isTrue();
    assertThatThrownBy(() -> CONDITIONS.compile("an_int == 'x'", ALL_TYPES))
        .isInstanceOf(ContractException.class);
    assertThatThrownBy(() -> CONDITIONS.compile("an_int == 5", other))
        .isInstanceOf(ContractException.class);
  }

  @Test
  void sharesNothingBetweenConditionsOfOneExpression() {
    EventCondition one = CONDITIONS.compile("a_long + 1 > 5", ALL_TYPES).orElseThrow();
    EventCondition two = CONDITIONS.compile("a_long + 1 > 5", ALL_TYPES).orElseThrow();
    EventCursor low = cursor(event().with("a_long", 1L));
    EventCursor high = cursor(event());
    assertThat(one.holds(low)).isFalse();
    assertThat(two.holds(high)).isTrue();
    assertThat(one.holds(high)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "nowhere == 1 ; undeclared reference to 'nowhere'",
        "a_long == 'x' ; found no matching overload",
        "a_long ; ",
        "a_long > ; ",
        "`` ; ",
      })
  void mustCompile(String condition, String reason) {
    assertThatThrownBy(() -> CONDITIONS.compile(condition, ALL_TYPES))
        .isInstanceOf(ContractException.class)
        .hasMessageStartingWith("does not compile: ")
        .hasMessageContaining(reason == null ? "" : reason)
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  @Test
  void compilerThatGivesUpIsAMistakeInTheCondition() {
    String deep = "(".repeat(20_000) + "true" + ")".repeat(20_000);
    assertThatThrownBy(() -> CONDITIONS.compile(deep, ALL_TYPES))
        .isInstanceOf(ContractException.class);
  }
}
