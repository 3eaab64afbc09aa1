package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events a rule lets pass. */
class RulesTest {
  /** One broken event for each rule of each contract: type, rule, attribute, value as JSON. */
  private static final String[][] BROKEN = {
    {"page_viewed", "session-id", "session_id", "\"\""},
    {"product_viewed", "product-id", "product_id", "\"\""},
    {"product_viewed", "price", "price_cents", "0"},
    {"product_viewed", "session-id", "session_id", "\"\""},
    {"cart_added", "product-id", "product_id", "\"\""},
    {"cart_added", "quantity", "quantity", "0"},
    {"cart_added", "price", "price_cents", "-5"},
    {"cart_added", "session-id", "session_id", "\"\""},
    {"order_placed", "order-id", "order_id", "\"\""},
    {"order_placed", "product-id", "product_id", "\"\""},
    {"order_placed", "quantity", "quantity", "-2147483648"},
    {"order_placed", "amount", "amount_cents", "-1"},
    {"order_placed", "session-id", "session_id", "\"\""},
    {"experiment_exposed", "experiment", "experiment", "\"\""},
    {"experiment_exposed", "variant", "variant", "\"\""},
    {"goal_reached", "goal", "goal", "\"\""},
    {"goal_reached", "value", "value", "1e999"},
  };

  /** And these of every contract. */
  private static final String[][] BROKEN_CORE = {
    {"event-id", "event_id", "\"\""},
    {"user-id", "user_id", "\"\""},
    {"anonymous-id", "anonymous_id", "\"\""},
    {"correlation-id", "correlation_id", "\"\""},
  };

  private static final Contract CART_ADDED =
      TestEvents.catalog().newest("cart_added").orElseThrow();
  private static final CelEnvironment CART_RULES = new CelEnvironment(CART_ADDED);

  private final EventDecoder decoder = Decoded.decoder();

  private Rule firstBroken(TestEvent event) {
    assertThat(decoder.decode(event.toJsonBytes())).as(decoder.message()).isTrue();
    return RuleSet.compile(decoder.contract()).firstBroken(decoder.cursor());
  }

  private static Contract withRules(String rules) {
    return TestContracts.catalog(TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, rules))
        .newest("all_types")
        .orElseThrow();
  }

  private static Contract withRule(String cel) {
    return withRules(
        "[{\"name\": \"r\", \"cel\": \"" + cel.replace("\"", "\\\"") + "\", \"message\": \"m\"}]");
  }

  private static boolean holds(String cel, TestEvent event) {
    Contract contract = withRule(cel);
    byte[] value = event.toAvroValue();
    EventCursor cursor = new EventCursor(contract);
    assertThat(cursor.read(value, 0, value.length)).isTrue();
    return RuleSet.compile(contract).firstBroken(cursor) == null;
  }

  private static TestEvent allTypes() {
    TestEvent event = TestEvents.random(withRules("[]"), new Random(3));
    event.contract().fields().stream()
        .filter(ContractField::nullable)
        .forEach(field -> event.without(field.name()));
    return event.with("user_id", "u").with("a_long", 7L).with("a_boolean", true);
  }

  @Test
  void eachRuleOfEachContractCatchesItsEvent() {
    List<String> tested = new ArrayList<>();
    for (String[] broken : BROKEN) {
      TestEvent event = TestEvents.of(broken[0]).withJson(broken[2], broken[3]);
      assertThat(firstBroken(event).name()).isEqualTo(broken[1]);
      tested.add(broken[0] + "/" + broken[1]);
    }
    for (Contract contract : TestEvents.catalog().events()) {
      for (String[] broken : BROKEN_CORE) {
        TestEvent event = TestEvents.of(contract.type()).withJson(broken[1], broken[2]);
        assertThat(firstBroken(event).name()).isEqualTo(broken[0]);
        tested.add(contract.type() + "/" + broken[0]);
      }
    }
    assertThat(tested)
        .containsExactlyInAnyOrderElementsOf(
            TestEvents.catalog().events().stream()
                .flatMap(c -> c.rules().stream().map(rule -> c.type() + "/" + rule.name()))
                .toList());
  }

  @Test
  void passOverAbsentOptionals() {
    for (Contract contract : TestEvents.catalog().events()) {
      assertThat(firstBroken(TestEvents.of(contract.type()))).isNull();
      assertThat(
              firstBroken(
                  TestEvents.of(contract.type()).without("user_id").with("anonymous_id", "a")))
          .isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "order_placed, amount_cents, 0",
    "order_placed, quantity, 1",
    "cart_added, price_cents, 1",
    "product_viewed, price_cents, 1",
    "goal_reached, value, -1.7976931348623157e308",
    "goal_reached, value, 0"
  })
  void acceptTheValueAtTheBound(String type, String name, String json) {
    assertThat(firstBroken(TestEvents.of(type).withJson(name, json))).isNull();
  }

  @Test
  void refuseNoNumber() {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      decoder.decode(TestEvents.of("goal_reached").with("value", value).toAvro());
      assertThat(RuleSet.compile(decoder.contract()).firstBroken(decoder.cursor()).name())
          .isEqualTo("value");
    }
  }

  @Test
  void areReportedInTheirOrder() {
    TestEvent event = TestEvents.of("order_placed").with("quantity", 0).with("amount_cents", -1L);
    assertThat(firstBroken(event).name()).isEqualTo("quantity");
    assertThat(firstBroken(event.with("event_id", "")).name()).isEqualTo("event-id");
    assertThat(firstBroken(event).message()).isEqualTo("event_id must not be empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "a_long == 7 && a_boolean ; true",
        "a_long == 7 && !a_boolean ; false",
        "a_long in [1, 7] ; true",
        "user_id.startsWith('v') ; false",
        "user_id.matches('^u$') ; true",
        "event_time < timestamp('9999-01-01T00:00:00Z') || a_long == 7 ; true",
        "size(some_bytes) >= 0 ; true",
        "a_float == a_float ; true",
        "a_long / 0 == 1 ; false",
        "a_long * 9223372036854775807 > 0 ; false",
        "maybe_int / 0 == 1 ; true",
        "maybe_int > 5 || a_long == 8 ; true",
        "7 == a_long ; true",
        "8 <= a_long ; false",
      })
  void mayBeAnyConditionOverTheFields(String cel, boolean holds) {
    assertThat(holds(cel, allTypes())).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, -62_135_596_800_001L, 253_402_300_800_000L})
  void mayAskForTimesThatNoCalendarShows(long millis) {
    TestEvent event = allTypes().with("some_time", millis);
    String later = "some_time > timestamp('2000-01-01T00:00:00Z')";
    assertThat(holds(later, event)).isEqualTo(millis > 0);
    // No value is needed here, only that nothing is thrown.
    assertThat(Stream.of(true, false)).contains(holds("some_time.getFullYear() > 0", event));
    assertThat(Stream.of(true, false))
        .contains(holds("some_time + duration('10000h') > some_time", event));
    assertThat(Stream.of(true, false)).contains(holds("string(some_time) != ''", event));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_long >",
        "nobody == 1",
        "a_long",
        "a_long == 'x'",
        "a_long.size() == 1",
        "",
        "a_long >= 1.5 +"
      })
  void mustCompile(String cel) {
    assertThatThrownBy(() -> RuleSet.compile(withRule(cel)))
        .isInstanceOf(ContractException.class)
        .hasMessageStartingWith("all_types v1: rule r does not compile: ")
        .message()
        .satisfies(message -> assertThat(message.lines()).hasSize(1));
  }

  @Property(tries = 60)
  void comparisonOfNumbersAgreesWithTheRuntime(@ForAll long seed) {
    Random random = new Random(seed);
    Contract contract = CART_ADDED;
    TestEvent event = TestEvents.random(contract, random);
    for (String field : new String[] {"quantity", "price_cents"}) {
      Object value = event.get(field);
      long near = value == null ? random.nextLong() : ((Number) value).longValue();
      for (String operator : new String[] {">=", ">", "<=", "<", "==", "!="}) {
        for (long literal : new long[] {near, near + 1, near - 1, random.nextInt(3)}) {
          assertSameAnswer(field + " " + operator + " " + literal, contract, event);
        }
      }
    }
  }

  @Property(tries = 60)
  void comparisonOfTextAgreesWithTheRuntime(@ForAll long seed) {
    Random random = new Random(seed);
    Contract contract = CART_ADDED;
    TestEvent event = TestEvents.random(contract, random);
    for (String field : new String[] {"product_id", "session_id"}) {
      String value = (String) event.get(field);
      for (String literal : new String[] {value, value + "x", "", TestEvents.text(random)}) {
        String quoted = literal == null ? "''" : quoted(literal);
        assertSameAnswer(field + " == " + quoted, contract, event);
        assertSameAnswer(field + " != " + quoted, contract, event);
      }
    }
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints().forEach(point -> out.append("\\U%08x".formatted(point)));
    return out.append('\'').toString();
  }

  private static void assertSameAnswer(String cel, Contract contract, TestEvent event) {
    byte[] value = event.toAvroValue();
    EventCursor cursor = new EventCursor(contract);
    assertThat(cursor.read(value, 0, value.length)).isTrue();
    CelAbstractSyntaxTree ast = CART_RULES.compile(new Rule("r", cel, "m"));
    RuleCheck fast = ComparisonCheck.of(ast.getExpr(), contract).orElseThrow();
    RuleCheck slow = new CelRuleCheck(CART_RULES, ast, contract);
    assertThat(fast.holds(cursor)).as(cel).isEqualTo(slow.holds(cursor));
  }

  @Test
  void comparisonLeavesOtherFormsToTheRuntime() {
    Contract contract = withRules("[]");
    CelEnvironment environment = new CelEnvironment(contract);
    for (String cel :
        new String[] {
          "1 == a_long",
          "a_double > 1.0",
          "a_boolean",
          "a_boolean == true",
          "user_id < 'x'",
          "a_long > an_int",
          "a_long + 1 > 2",
          "user_id.startsWith('u')",
          "!(a_long > 1)"
        }) {
      CelAbstractSyntaxTree ast = environment.compile(new Rule("r", cel, "m"));
      assertThat(ComparisonCheck.of(ast.getExpr(), contract)).as(cel).isEmpty();
    }
  }
}
