package dev.thalweg.operators.experiments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.assignment.Assignment;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.flags.Evaluation;
import dev.thalweg.operators.experiments.flags.FlagContext;
import dev.thalweg.operators.experiments.flags.FlagDocument;
import dev.thalweg.operators.experiments.flags.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What flagd makes of a definition. */
final class FlagWriterTest {
  private static final int UNITS = 10_000;

  private static FlagDocument document(Allocation allocation) {
    return FlagDocument.parse(DefinitionJson.flagd(Definitions.with(allocation)));
  }

  private static Evaluation evaluate(FlagDocument document, Object unit, String platform) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("user_id", unit);
    attributes.put("platform", platform);
    return document.evaluate("checkout", new FlagContext("somebody", attributes, 0));
  }

  private static String unit(Random random) {
    return random
        .ints(1 + random.nextInt(20), 1, 0x2000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"==\": [{\"var\": \"platform\"}, \"ios\"]}"})
  void givesEachUnitTheVariantOfTheAssignment(String targeting) {
    Allocation allocation =
        new Allocation(
            "user_id",
            List.of(
                new Variant("control", 70),
                new Variant("none", 0),
                new Variant("a", 1),
                new Variant("treatment", 29)),
            "control",
            "salt \u00e4\"{}",
            Bucketing.FLAGD_FRACTIONAL_V2,
            targeting);
    FlagDocument document = document(allocation);
    Assignment assignment = allocation.assignment();
    Random random = new Random(11);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < UNITS; i++) {
      String unit = unit(random);
      Evaluation evaluation = evaluate(document, unit, "ios");
      assertThat(evaluation.variant())
          .as(unit)
          .isEqualTo(allocation.variants().get(assignment.arm(unit)).name());
      counts.merge(evaluation.variant(), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("control", "a", "treatment");
  }

  @Test
  void whoIsNotTargetedOrHasNoUnitGetsNone() {
    FlagDocument document = document(Definitions.checkout().design().allocation());
    Evaluation none = new Evaluation(null, Reason.DEFAULT, null, null);
    assertThat(evaluate(document, "u1", "android")).isEqualTo(none);
    assertThat(evaluate(document, "u1", null)).isEqualTo(none);
    assertThat(evaluate(document, null, "ios")).isEqualTo(none);
    assertThat(evaluate(document, "", "ios")).isEqualTo(none);
    assertThat(evaluate(document, "u1", "ios").reason()).isEqualTo(Reason.TARGETING_MATCH);
  }

  @ParameterizedTest
  @EnumSource(names = {"GROWTHBOOK_V1", "GROWTHBOOK_V2"})
  void nobodyGetsAVariantFromFlagdWhereItHasNotTheHash(Bucketing bucketing) {
    ExperimentDefinition definition =
        Definitions.with(Definitions.allocation(bucketing, Definitions.ios(), 50, 50));
    FlagDocument document = FlagDocument.parse(DefinitionJson.flagd(definition));
    assertThat(evaluate(document, "u1", "ios"))
        .isEqualTo(new Evaluation(null, Reason.DEFAULT, null, null));
    assertThat(DefinitionJson.flagd(definition))
        .contains("\"assignment\":\"" + bucketing.id() + "\"")
        .doesNotContain("targeting");
  }
}
