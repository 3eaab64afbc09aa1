package dev.thalweg.operators.experiments.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.assignment.StraightforwardBucketing;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.flags.Evaluation;
import dev.thalweg.operators.experiments.flags.FlagContext;
import dev.thalweg.operators.experiments.flags.FlagDocument;
import dev.thalweg.operators.experiments.flags.Reason;
import dev.thalweg.operators.experiments.selection.Experiments;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventCursor;
import dev.thalweg.schemas.SingleObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arms of definitions are those of their flags. */
final class DefinedArmsTest {
  private static final List<String> VARIANTS = List.of("control", "treatment");

  private static EventFields fields(TestEvents event) {
    RawRecord raw = CanonicalEvents.of(event);
    Contract contract =
        TestEvents.catalog().byCanonicalFingerprint(SingleObject.fingerprint(raw.value()));
    EventCursor cursor = EventCursor.ofCanonical(contract);
    assertThat(cursor.read(raw.value(), SingleObject.HEADER_LENGTH, raw.value().length)).isTrue();
    EventFields fields = new EventFields(contract);
    fields.next(cursor);
    return fields;
  }

  private static TestEvents goal(Random random) {
    TestEvents goal = TestEvents.event("goal_reached").at(1_772_409_600_000L + random.nextInt());
    goal.with("goal", List.of("buy", "look", "").get(random.nextInt(3)));
    goal.with("value", random.nextInt(5) / 2.0).user("u" + random.nextInt(50));
    return switch (random.nextInt(4)) {
      case 0 -> goal.anonymous("device");
      case 1 -> goal.user("");
      default -> goal;
    };
  }

  /** What an application sees that asks flagd with the fields of the event. */
  private static int arm(FlagDocument flagd, Map<String, Object> attributes, long time) {
    Evaluation evaluation = flagd.evaluate("x", new FlagContext(null, attributes, time));
    if (evaluation.reason() == Reason.ERROR) {
      return ArmRule.FAILED;
    }
    return evaluation.variant() == null ? ArmRule.NONE : VARIANTS.indexOf(evaluation.variant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"==\": [{\"var\": \"goal\"}, \"buy\"]}",
        "{\">\": [{\"var\": \"value\"}, 0.5]}",
        "{\"!\": [{\"var\": \"anonymous_id\"}]}",
        "{\"missing\": [\"anonymous_id\"]}",
        "{\"var\": \"goal\"}",
        "{\"in\": [{\"var\": \"$flagd.flagKey\"}, \"xyz\"]}",
        "{\">\": [{\"var\": \"$flagd.timestamp\"}, 1772409600]}",
        "{\"==\": [{\"var\": \"event_time\"}, {\"*\": [{\"var\": \"event_time\"}, 1]}]}",
        "{\"==\": [{\"var\": \"event_type\"}, \"goal_reached\"]}",
        "{\"+\": [{\"var\": \"goal\"}, 1]}",
        "{\"<\": [1]}",
        "{\"==\": [{\"var\": \"user_id\"}, \"%s \\\" \"]}"
      })
  void armIsTheVariantOfTheFlag(String targeting) {
    Experiments x = Experiments.of("x").weights(2, 1).targeting(targeting);
    ExperimentDefinition definition = x.build();
    FlagDocument flagd = FlagDocument.parse(DefinitionJson.flagd(definition));
    DefinedArms arms = new DefinedArms(definition);
    DefinedArms ofGrowthBook = new DefinedArms(x.by(Bucketing.GROWTHBOOK_V2).build());
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      EventFields event = fields(goal(random));
      int expected = arm(flagd, new HashMap<>(event), event.time());
      assertThat(arms.arm(event)).as("%s", event).isEqualTo(expected);
      int plain =
          expected < 0
              ? expected
              : StraightforwardBucketing.growthBook(
                  2, "x:", (String) event.get("user_id"), 2 / 3.0, 1 / 3.0);
      assertThat(ofGrowthBook.arm(event)).as("%s", event).isEqualTo(plain);
    }
  }

  @Test
  void numbersAreUnitsAsFlagdPrintsThem() {
    Experiments x = Experiments.of("x").unit("amount_cents");
    FlagDocument flagd = FlagDocument.parse(DefinitionJson.flagd(x.build()));
    DefinedArms arms = new DefinedArms(x.build());
    DefinedArms ofGrowthBook = new DefinedArms(x.by(Bucketing.GROWTHBOOK_V1).build());
    for (long number : new long[] {0, 1, 7, 1_000_003, 1L << 53, (1L << 60) + 1, 1L << 60}) {
      EventFields event = fields(TestEvents.event("order_placed").with("amount_cents", number));
      assertThat(arms.arm(event)).isEqualTo(arm(flagd, new HashMap<>(event), event.time()));
      assertThat(ofGrowthBook.arm(event))
          .isEqualTo(
              number == 0
                  ? ArmRule.NONE
                  : StraightforwardBucketing.growthBook(1, "x:", "" + number, 0.5, 0.5));
    }
  }

  @Test
  void fractionsAndTimesOfEventsAreSeenByRules() {
    EventFields goal =
        fields(TestEvents.event("goal_reached").at(5).with("goal", "g").with("value", 1.5));
    assertThat(goal.get("value")).isEqualTo(1.5);
    assertThat(goal.get("event_time")).isEqualTo(5L);
    assertThat(goal.get("anonymous_id")).isNull();
    assertThat(goal.get("ingested_at")).as("no field of the event").isNull();
    assertThat(new HashMap<>(goal))
        .containsOnlyKeys(
            "event_type",
            "event_id",
            "event_time",
            "user_id",
            "source",
            "environment",
            "goal",
            "value");
    assertThat(new DefinedArms(Experiments.of("x").unit("value").build()).arm(goal))
        .as("no unit")
        .isEqualTo(ArmRule.NONE);
  }
}
