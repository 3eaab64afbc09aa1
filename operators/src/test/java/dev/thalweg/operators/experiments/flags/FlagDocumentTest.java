package dev.thalweg.operators.experiments.flags;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.thalweg.operators.experiments.assignment.StraightforwardBucketing;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlagDocumentTest {
  private static final String FLAG =
      "{'flags': {'f': {'state': 'ENABLED', 'variants': {'a': 1, 'b': 2, '7': 3},"
          + " 'defaultVariant': 'a', 'targeting': %s}}, '$evaluators': %s}";

  private static FlagDocument parse(String json) {
    return FlagDocument.parse(json.replace('\'', '"'));
  }

  private static FlagDocument rule(String rule) {
    return rule(rule, "{}");
  }

  private static FlagDocument rule(String rule, String evaluators) {
    return parse(FLAG.formatted(rule, evaluators));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'flags': {}               | not JSON at line 1, column 13: Unexpected end-of-input: expected close marker for Object",
        "{'flags': {}} {}           | not JSON at line 1, column 15: something follows the document",
        "{'flags': {'f': 1, 'f': 2}}| not JSON at line 1, column 23: Duplicate field 'f'",
        "[]                         | flags: must be an object of flags by key",
        "{}                         | flags: must be an object of flags by key",
        "{'flags': []}              | flags: must be an object of flags by key",
        "{'flags': {'f': 1}}        | flag \"f\": is not an object",
        "{'flags': {'f': {}}}       | flag \"f\", state: must be \"ENABLED\" or \"DISABLED\"; it is absent",
        "{'flags': {'f': {'state': 'on'}}} | flag \"f\", state: must be \"ENABLED\" or \"DISABLED\"; it is \"on\"",
        "{'flags': {'f': {'state': 'ENABLED'}}} | flag \"f\", variants: must be an object with at least one variant",
        "{'flags': {'f': {'state': 'ENABLED', 'variants': {}}}} | flag \"f\", variants: must be an object with at least one variant",
        "{'flags': {'f': {'state': 'ENABLED', 'variants': {'a': 1}, 'defaultVariant': 'b'}}} | flag \"f\", defaultVariant: must be the name of a variant; it is \"b\"",
        "{'flags': {'f': {'state': 'DISABLED', 'variants': {'a': 1}, 'defaultVariant': 1}}} | flag \"f\", defaultVariant: must be the name of a variant; it is 1",
        "{'flags': {'f': {'state': 'ENABLED', 'variants': {'a': 1}, 'targeting': [1]}}} | flag \"f\", targeting: must be an object; it is [1]",
        "{'flags': {}, '$evaluators': 1} | $evaluators: is not an object",
        "{'flags': {}, '$evaluators': {'e': 1}} | $evaluators, \"e\": is not an object"
      })
  void refusesWhatIsNoDocumentAndSaysWhere(String json, String reason) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(FlagDocumentException.class)
        .message()
        .startsWith(reason)
        .doesNotContain("\n");
  }

  @Test
  void refusalStaysOnOneLineWhateverAFlagIsCalled() {
    assertThatThrownBy(() -> parse("{'flags': {'a\\nb': 1}}"))
        .hasMessage("flag \"a\\nb\": is not an object");
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    String deep = "{'!': [".repeat(150) + "1" + "]}".repeat(150);
    assertThatThrownBy(() -> rule(deep))
        .isInstanceOf(FlagDocumentException.class)
        .hasMessageStartingWith("not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'nothing': [1]}          | Undefined operation 'nothing' at $",
        "{'if': [true, {}]}        | objects must have exactly 1 key defined, found 0 at $.if[1]",
        "{'and': [], 'or': []}     | objects must have exactly 1 key defined, found 2 at $",
        "{'==': [1]}               | equality expressions expect exactly 2 arguments at $.==",
        "{'if': [{'$ref': 'no'}, 'a']} | $ref \"no\" is not in $evaluators",
        "{'if': [{'$ref': 'x'}, 'a']}  | $ref \"x\" leads to itself",
        "{'substr': [1, 'x']}      | "
      })
  void brokenRuleIsAResult(String rule, String why) {
    FlagDocument flags = rule(rule, "{'x': {'and': [{'$ref': 'y'}]}, 'y': {'!': [{'$ref': 'x'}]}}");
    Evaluation evaluation = flags.evaluate("f", Contexts.unit("u"));
    assertThat(evaluation.error()).isEqualTo(ErrorCode.PARSE_ERROR);
    assertThat(evaluation.variant()).isNull();
    assertThat(evaluation.message())
        .startsWith("flag \"f\", targeting: " + (why == null ? "" : why))
        .doesNotContain("\n");
  }

  @Test
  void sharedRuleMayStandOnAnotherAndTwice() {
    String rule = "{'if': [{'and': [{'$ref': 'adult'}, {'$ref': 'adult'}]}, 'b', null]}";
    FlagDocument flags =
        rule(rule, "{'adult': {'!': [{'$ref': 'minor'}]}, 'minor': {'<': [{'var': 'age'}, 18]}}");
    assertThat(flags.evaluate("f", Contexts.attributes("age", 18)).variant()).isEqualTo("b");
    assertThat(flags.evaluate("f", Contexts.attributes("age", 17)).reason())
        .isEqualTo(Reason.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"60 | {\"and\": [%1$s, %1$s]}", "50000 | {\"!\": [%1$s]}"})
  void referencesThatMultiplyOrGoOnWithoutEndAreBroken(int rules, String next) {
    StringBuilder evaluators = new StringBuilder("{\"e0\": {\"!\": [1]}");
    for (int i = 1; i <= rules; i++) {
      String before = "{\"$ref\": \"e" + (i - 1) + "\"}";
      evaluators.append(", \"e").append(i).append("\": ").append(next.formatted(before));
    }
    FlagDocument flags = rule("{'$ref': 'e" + rules + "'}", evaluators + "}");
    assertThat(flags.evaluate("f", Contexts.none()).message())
        .isEqualTo("flag \"f\", targeting: more than 100000 nodes, or deeper than 200");
  }

  @Test
  void sharedRuleMayBeTheWholeRuleAndIsCompiledLikeOne() {
    FlagDocument flags = rule("{'$ref': 'half'}", "{'half': {'fractional': [['a'], ['b']]}}");
    assertThat(flags.targeting("f")).isInstanceOf(FractionalTargeting.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null                                                                | Static",
        "{}                                                                  | Static",
        "{'fractional': [['a', 1], ['b', 2]]}                                | FractionalTargeting",
        "{'fractional': [null, ['a'], ['b', 2]]}                             | FractionalTargeting",
        "{'fractional': [{'var': 'targetingKey'}, ['a'], ['b']]}             | FractionalTargeting",
        "{'fractional': [{'var': ['user.name']}, ['a'], ['b']]}              | FractionalTargeting",
        "{'fractional': [{'cat': ['s', {'var': 'plan'}]}, ['a'], ['b']]}     | FractionalTargeting",
        "{'fractional': [{'cat': [{'var': '$flagd.flagKey'}, {'var': 'x'}]}, ['a'], [null]]} | FractionalTargeting",
        "{'fractional': [['a', 0], ['b', 0]]}                                | Static",
        "{'fractional': [['a', 0.5], ['b', 1]]}                              | Static",
        "{'fractional': [['a', 2147483647], ['b', 1]]}                       | Static",
        "{'fractional': [['a', 'x'], ['b', 1]]}                              | Static",
        "{'fractional': [['a', {'var': 'w'}], ['b', 1]]}                     | JsonLogicTargeting",
        "{'fractional': [{'var': ['plan', 'x']}, ['a'], ['b']]}              | JsonLogicTargeting",
        "{'fractional': [{'var': 'list.0'}, ['a'], ['b']]}                   | JsonLogicTargeting",
        "{'fractional': [{'var': '$flagd.timestamp'}, ['a'], ['b']]}         | JsonLogicTargeting",
        "{'fractional': ['fixed', ['a'], ['b']]}                             | JsonLogicTargeting",
        "{'if': [true, {'fractional': [['a'], ['b']]}]}                      | JsonLogicTargeting"
      })
  void plainFractionalGoesWithoutJsonLogic(String rule, String kind) {
    FlagDocument flags = rule(rule);
    assertThat(flags.targeting("f").getClass().getSimpleName()).isEqualTo(kind);
    assertThat(flags.evaluate("f", Contexts.unit("u", "x", "1", "plan", "p")).error()).isNull();
  }

  @Test
  void disabledFlagIsNotEvaluatedEvenIfItsRuleIsBroken() {
    FlagDocument flags =
        parse(FLAG.formatted("{'nothing': 1}", "{}").replace("ENABLED", "DISABLED"));
    assertThat(flags.evaluate("f", Contexts.unit("u")))
        .isEqualTo(new Evaluation(null, Reason.DISABLED, null, null));
  }

  @Test
  void flagThatIsNotThereIsNotFound() {
    for (String name : new String[] {"g", "", null, "$evaluators"}) {
      assertThat(rule("{}").evaluate(name, Contexts.none()).error())
          .isEqualTo(ErrorCode.FLAG_NOT_FOUND);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12, f12",
    "-3, f-3",
    "1.5, f1.5",
    "3000000000, f3000000000",
    "1e15, f1000000000000000",
    "1e21, f1000000000000000000000",
    "1e-7, f0.0000001"
  })
  void numbersAreHashedAsFlagdPrintsThem(double number, String key) {
    String fractional =
        "{'fractional': [{'cat': [{'var': '$flagd.flagKey'}, {'var': 'n'}]}, ['a', 1], ['b', 1], ['7', 3]]}";
    String variant = List.of("a", "b", "7").get(StraightforwardBucketing.fractional(key, 1, 1, 3));
    FlagContext context = Contexts.attributes("n", number);
    assertThat(rule(fractional).evaluate("f", context).variant()).isEqualTo(variant);
    assertThat(rule("{'if': [true, " + fractional + "]}").evaluate("f", context).variant())
        .isEqualTo(variant);
  }

  @Test
  void variantMayBeNamedByANumber() {
    assertThat(rule("{'+': [3, 4]}").evaluate("f", Contexts.none()).variant()).isEqualTo("7");
  }

  @Test
  void logPrintsNothingAndIsItsArgument() {
    assertThat(rule("{'log': 'b'}").evaluate("f", Contexts.none()).variant()).isEqualTo("b");
  }

  @Test
  void attributeCannotPassForWhatFlagdAdds() {
    FlagDocument flags = rule("{'if': [{'==': [{'var': '$flagd.flagKey'}, 'f']}, 'b', 'a']}");
    FlagContext context =
        Contexts.unit("u", "$flagd", Map.of("flagKey", "g"), "targetingKey", "other");
    assertThat(flags.evaluate("f", context).variant()).isEqualTo("b");
    FlagDocument key = rule("{'if': [{'==': [{'var': 'targetingKey'}, 'u']}, 'b', 'a']}");
    assertThat(key.evaluate("f", context).variant()).isEqualTo("b");
  }

  @Test
  void missingSeesAllOfTheContext() {
    FlagDocument flags =
        rule("{'if': [{'missing': ['targetingKey', 'plan', '$flagd.timestamp']}, 'a', 'b']}");
    assertThat(flags.evaluate("f", Contexts.unit("u", "plan", "p")).variant()).isEqualTo("b");
    assertThat(flags.evaluate("f", Contexts.attributes("plan", "p")).variant()).isEqualTo("a");
  }

  @Test
  void plainFractionalAllocatesNothing() {
    FlagDocument flags = rule("{'fractional': [['a'], ['b'], ['7']]}");
    FlagContext context = Contexts.unit("user-1");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Evaluation first = flags.evaluate("f", context);
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean isSame = true;
    for (int i = 0; i < 10_000; i++) {
      isSame &= flags.evaluate("f", context) == first;
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    assertThat(isSame).isTrue();
  }
}
