package dev.thalweg.operators.experiments.flags;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.assignment.StraightforwardBucketing;
import dev.thalweg.operators.testkit.Oracles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** flagd's documents, evaluated as its conformance suite (flagd-testbed) asks for. */
final class FlagdConformanceTest {
  private static FlagDocument document(String name) throws IOException {
    return FlagDocument.parse(Files.readString(Oracles.file("flagd/" + name + ".json")));
  }

  private static void check(Evaluation evaluation, String variant, Reason reason) {
    assertThat(evaluation).isEqualTo(new Evaluation(variant, reason, null, null));
  }

  private static void check(Evaluation evaluation, ErrorCode error) {
    assertThat(evaluation.variant()).isNull();
    assertThat(evaluation.reason()).isEqualTo(Reason.ERROR);
    assertThat(evaluation.error()).isEqualTo(error);
    assertThat(evaluation.message()).doesNotContain("\n").contains("flag \"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "custom-ops",
        "disabled-flags",
        "edge-case-flags",
        "evaluator-refs",
        "testing-flags"
      })
  void everyFlagOfEveryDocumentEvaluates(String name) throws IOException {
    FlagDocument flags = document(name);
    Oracles.json("flagd/" + name + ".json")
        .get("flags")
        .fieldNames()
        .forEachRemaining(
            flag -> {
              Evaluation evaluation = flags.evaluate(flag, Contexts.unit("u"));
              assertThat(evaluation.error()).as(flag).isNotEqualTo(ErrorCode.FLAG_NOT_FOUND);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "boolean-flag, on, STATIC",
    "string-flag, greeting, STATIC",
    "integer-flag, ten, STATIC",
    "float-flag, half, STATIC",
    "object-flag, template, STATIC",
    "wrong-flag, one, STATIC",
    "null-default-flag, , DEFAULT",
    "undefined-default-flag, , DEFAULT"
  })
  void flagWithoutRuleIsStatic(String flag, String variant, Reason reason) throws IOException {
    check(document("testing-flags").evaluate(flag, Contexts.none()), variant, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "disabled-boolean-flag",
        "disabled-string-flag",
        "disabled-integer-flag",
        "disabled-float-flag",
        "disabled-object-flag",
        "cross-flagset-flag"
      })
  void disabledFlagHasNoVariant(String flag) throws IOException {
    check(document("disabled-flags").evaluate(flag, Contexts.unit("u")), null, Reason.DISABLED);
  }

  @Test
  void absentFlagIsNotFound() throws IOException {
    check(
        document("testing-flags").evaluate("missing-flag", Contexts.none()),
        ErrorCode.FLAG_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "jobs@orange.com, special, TARGETING_MATCH, no-default-flag-null-targeting-variant",
    "wozniak@orange.com, , DEFAULT, no-default-flag-null-targeting-variant",
    "wozniak@orange.com, , DEFAULT, no-default-flag-undefined-targeting-variant"
  })
  void ruleThatNamesNothingLeavesTheDefault(
      String email, String variant, Reason reason, String flag) throws IOException {
    check(
        document("testing-flags").evaluate(flag, Contexts.attributes("email", email)),
        variant,
        reason);
  }

  @Test
  void ruleSeesAttributes() throws IOException {
    FlagDocument flags = document("testing-flags");
    FlagContext insider =
        Contexts.attributes("fn", "Sulisław", "ln", "Świętopełk", "age", 29, "customer", false);
    check(flags.evaluate("context-aware", insider), "internal", Reason.TARGETING_MATCH);
    check(flags.evaluate("context-aware", Contexts.none()), "external", Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "5c3d8535-f81a-4478-a6d3-afaa4d51199e, hit, TARGETING_MATCH",
    "f20bd32d-703b-48b6-bc8e-79d53c85134a, miss, DEFAULT"
  })
  void ruleSeesTheTargetingKey(String key, String variant, Reason reason) throws IOException {
    check(
        document("testing-flags").evaluate("targeting-key-flag", Contexts.unit(key)),
        variant,
        reason);
  }

  @ParameterizedTest
  @CsvSource({"1, past", "1772409599, past", "1772409600, none", "1772409601, future"})
  void timestampIsTheTimeOfTheEventInWholeSeconds(long time, String variant) throws IOException {
    check(
        document("testing-flags").evaluate("timestamp-flag", Contexts.attributes("time", time)),
        variant,
        Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "some-email-targeted-flag, ballmer@macrosoft.com, hi",
    "some-other-email-targeted-flag, ballmer@macrosoft.com, yes",
    "some-other-email-targeted-flag, user@example.com, no",
    "ref-whitespace-compact-flag, ballmer@macrosoft.com, hi",
    "ref-whitespace-compact-flag, user@example.com, bye",
    "ref-whitespace-space-after-colon-flag, ballmer@macrosoft.com, hi",
    "ref-whitespace-space-around-colon-flag, user@example.com, bye"
  })
  void sharedRulesStandForTheirReferences(String flag, String email, String variant)
      throws IOException {
    check(
        document("evaluator-refs").evaluate(flag, Contexts.attributes("email", email)),
        variant,
        Reason.TARGETING_MATCH);
  }

  @Test
  void referenceToNothingIsAParseError() throws IOException {
    check(
        document("evaluator-refs").evaluate("ref-to-nonexistent-evaluator-flag", Contexts.none()),
        ErrorCode.PARSE_ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "targeting-null-variant-flag, two, DEFAULT",
    "non-string-variant-targeting-flag, true, TARGETING_MATCH",
    "empty-targeting-flag, false, STATIC",
    "targeting-null-flag, two, DEFAULT",
    "fractional-null-bucket-key-flag, fallback, DEFAULT",
    "fractional-zero-weights-flag, fallback, DEFAULT",
    "semver-invalid-version-flag, fallback, DEFAULT",
    "semver-wrong-args-flag, fallback, DEFAULT",
    "starts-with-non-string-flag, fallback, DEFAULT",
    "ends-with-non-string-flag, fallback, DEFAULT",
    "starts-with-wrong-args-flag, fallback, DEFAULT",
    "ends-with-wrong-args-flag, fallback, DEFAULT"
  })
  void whatCannotBeDecidedLeavesTheDefault(String flag, String variant, Reason reason)
      throws IOException {
    FlagContext context = Contexts.attributes("version", "not-a-version", "num", 123);
    check(document("edge-case-flags").evaluate(flag, context), variant, reason);
  }

  @Test
  void unknownOperatorOfVersionsLeavesTheDefault() throws IOException {
    check(
        document("edge-case-flags")
            .evaluate("semver-invalid-operator-flag", Contexts.attributes("version", "1.0.0")),
        "fallback",
        Reason.DEFAULT);
  }

  @Test
  void negativeWeightIsNone() throws IOException {
    for (int i = 0; i < 100; i++) {
      check(
          document("edge-case-flags")
              .evaluate("fractional-negative-weight-flag", Contexts.unit("any-user-" + i)),
          "two",
          Reason.TARGETING_MATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({"error-targeting-flag, PARSE_ERROR", "missing-variant-targeting-flag, GENERAL"})
  void brokenRuleIsAnError(String flag, ErrorCode error) throws IOException {
    check(document("edge-case-flags").evaluate(flag, Contexts.unit("u")), error);
  }

  @ParameterizedTest
  @CsvSource({
    "fractional-flag, jack, hearts",
    "fractional-flag, queen, spades",
    "fractional-flag, ten, clubs",
    "fractional-flag, nine, diamonds",
    "fractional-flag, 3, clubs",
    "fractional-flag-A-shared-seed, seven, hearts",
    "fractional-flag-A-shared-seed, eight, diamonds",
    "fractional-flag-A-shared-seed, nine, clubs",
    "fractional-flag-A-shared-seed, two, spades",
    "fractional-flag-B-shared-seed, two, spades"
  })
  void fractionalOfVersionTwoHashesAnAttribute(String flag, String name, String variant)
      throws IOException {
    String salt = flag.equals("fractional-flag") ? flag : "shared-seed";
    int arm = StraightforwardBucketing.fractional(salt + name, 25, 25, 25, 25);
    assertThat(new String[] {"clubs", "diamonds", "hearts", "spades"}[arm]).isEqualTo(variant);
    FlagContext context = Contexts.attributes("user", Map.of("name", name));
    check(document("custom-ops").evaluate(flag, context), variant, Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "fractional-flag-shorthand, jon@company.com, heads",
    "fractional-flag-shorthand, jane@company.com, tails",
    "fractional-single-entry-flag, some-targeting-key, single",
    "fractional-hash-edge-flag, ejOoVL, lower",
    "fractional-hash-edge-flag, bY9fO-, lower",
    "fractional-hash-edge-flag, SI7p-, lower",
    "fractional-hash-edge-flag, 6LvT0, upper",
    "fractional-hash-edge-flag, ceQdGm, upper",
    "fractional-as-condition-flag, some-targeting-key, big",
    "fractional-as-condition-false-flag, some-targeting-key, small"
  })
  void fractionalHashesTheTargetingKey(String flag, String key, String variant) throws IOException {
    check(
        document("custom-ops").evaluate(flag, Contexts.unit(key)), variant, Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "fractional-nested-if-flag, jon@company.com, premium, premium",
    "fractional-nested-if-flag, jon@company.com, basic, standard",
    "fractional-nested-if-flag, user1, premium, standard",
    "fractional-nested-var-flag, jon@company.com, red, red",
    "fractional-nested-var-flag, user1, red, blue",
    "fractional-nested-weight-flag, jon@company.com, premium, red",
    "fractional-nested-weight-flag, jon@company.com, basic, blue",
    "fractional-nested-weight-flag, user1, premium, red",
    "fractional-nested-weight-flag, user1, basic, blue"
  })
  void armsMayBeRules(String flag, String key, String value, String variant) throws IOException {
    FlagContext context = Contexts.unit(key, "tier", value, "color", value);
    check(document("custom-ops").evaluate(flag, context), variant, Reason.TARGETING_MATCH);
  }

  @Test
  void armThatIsNoVariantIsAnError() throws IOException {
    FlagContext context = Contexts.unit("jon@company.com", "color", "yellow");
    check(
        document("custom-ops").evaluate("fractional-nested-var-flag", context), ErrorCode.GENERAL);
  }

  @Test
  void everyArmOfManyIsWhereItsWeightPutsIt() throws IOException {
    FlagDocument flags = document("custom-ops");
    long[] weights = new long[25];
    java.util.Arrays.fill(weights, 4);
    for (int i = 0; i < 500; i++) {
      String key = "user" + i;
      int arm = StraightforwardBucketing.fractional(key, weights);
      check(
          flags.evaluate("fractional-basic-flag", Contexts.attributes("hashing_input", key)),
          "bucket" + (arm + 1),
          Reason.TARGETING_MATCH);
    }
  }

  @ParameterizedTest
  @CsvSource({"abcdef, prefix", "uvwxyz, postfix", "abcxyz, prefix", "lmnopq, none", "3, none"})
  void textsAreComparedAtTheirEnds(String id, String variant) throws IOException {
    check(
        document("custom-ops").evaluate("starts-ends-flag", Contexts.attributes("id", id)),
        variant,
        Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "equal-greater-lesser-version-flag, 2.0.0, equal",
    "equal-greater-lesser-version-flag, 2.1.0, greater",
    "equal-greater-lesser-version-flag, 1.9.0, lesser",
    "equal-greater-lesser-version-flag, 2.0.0-alpha, lesser",
    "equal-greater-lesser-version-flag, 2.0.0.0, none",
    "major-minor-version-flag, 3.0.1, minor",
    "major-minor-version-flag, 3.1.0, major",
    "major-minor-version-flag, 4.0.0, none",
    "semver-v-prefix-flag, 1.0.0, match",
    "semver-v-prefix-flag, v1.0.0, match",
    "semver-v-prefix-flag, V1.0.0, match",
    "semver-v-prefix-flag, 2.0.0, no-match",
    "semver-partial-version-flag, 1.5.0, match",
    "semver-partial-version-flag, 1.0, match",
    "semver-partial-version-flag, 1, match",
    "semver-partial-version-flag, 2.0.0, no-match",
    "semver-build-metadata-flag, 1.0.0, match",
    "semver-build-metadata-flag, 1.0.0+other, match",
    "semver-build-metadata-flag, 2.0.0, no-match"
  })
  void versionsAreCompared(String flag, String version, String variant) throws IOException {
    check(
        document("custom-ops").evaluate(flag, Contexts.attributes("version", version)),
        variant,
        Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @CsvSource({"1.2, match", "1.0, no-match", "2, match"})
  void versionsMayBeNumbers(double version, String variant) throws IOException {
    check(
        document("custom-ops")
            .evaluate("semver-numeric-context-flag", Contexts.attributes("version", version)),
        variant,
        Reason.TARGETING_MATCH);
  }
}
