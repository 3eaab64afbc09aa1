package dev.thalweg.operators.experiments.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.attribution.Hit;
import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.Acting;
import dev.thalweg.operators.experiments.definition.Allocation;
import dev.thalweg.operators.experiments.definition.Crossover;
import dev.thalweg.operators.experiments.definition.DecisionPolicy;
import dev.thalweg.operators.experiments.definition.Design;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.definition.Exposure;
import dev.thalweg.operators.experiments.definition.Outcome;
import dev.thalweg.operators.experiments.definition.OutcomeKind;
import dev.thalweg.operators.experiments.definition.OutcomeMetric;
import dev.thalweg.operators.experiments.definition.Routing;
import dev.thalweg.operators.experiments.definition.Variant;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What events mean to experiments. */
final class ExperimentSelectionTest {
  private static final long NOON = TestEvents.NOON;
  private static final long HOUR = 3_600_000;

  private static ExperimentDefinition definition(
      String id, int version, long from, long stop, String unit) {
    return new ExperimentDefinition(
        id,
        version,
        version,
        "growth",
        from,
        stop,
        new Design(
            new Allocation(
                unit,
                List.of(new Variant("control", 1), new Variant("treatment", 1)),
                "control",
                "s",
                Bucketing.FLAGD_FRACTIONAL_V2,
                ""),
            new Exposure("experiment_exposed", "surface != 'bot'"),
            Crossover.EXCLUDE,
            List.of(
                metric("buys", OutcomeKind.CONVERSION, new Outcome("order_placed", "", ""), null),
                metric(
                    "spends",
                    OutcomeKind.SUM,
                    new Outcome("order_placed", "quantity < 3", "amount_cents"),
                    null),
                metric(
                    "price",
                    OutcomeKind.RATIO,
                    new Outcome("order_placed", "", "amount_cents"),
                    new Outcome("order_placed", "", "quantity"))),
            Routing.none()),
        List.of(),
        new AnytimeValid(0.05, 5000),
        new DecisionPolicy(0, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of()));
  }

  private static OutcomeMetric metric(String name, OutcomeKind kind, Outcome of, Outcome per) {
    return new OutcomeMetric(
        name, kind, of, per, Duration.ZERO, Duration.ZERO, Winsorization.none(), Duration.ZERO);
  }

  private static ExperimentDefinition running(String id) {
    return definition(id, 1, NOON - HOUR, ExperimentDefinition.NEVER, "user_id");
  }

  /** What an event means, in words. */
  private static List<String> meanings(TestEvents event, ExperimentDefinition... definitions)
      throws Exception {
    CanonicalReader reader = new CanonicalReader(TestEvents.catalog(), null);
    EventCursor cursor = reader.read(CanonicalEvents.of(event).value());
    EventConditions conditions = new EventConditions(TestEvents.catalog());
    List<String> meanings = new ArrayList<>();
    new ExperimentSelection(
            cursor.contract(),
            (where, contract) -> conditions.compile(where, contract).map(each -> each::holds),
            List.of(definitions))
        .select(cursor, new Origin("events.canonical", 0, 3, 7), inWords(meanings));
    return meanings;
  }

  private static ExperimentSelection.Meanings inWords(List<String> meanings) {
    return new ExperimentSelection.Meanings() {
      @Override
      public void hits(UnitHits hits) {
        for (Hit hit : hits.hits()) {
          StringBuilder words = new StringBuilder(hits.unit() + " in " + hit.rules().key());
          words.append(hit.isExposure() ? " to " + hit.arm() : "");
          hit.outcomes()
              .forEach(
                  outcome ->
                      words
                          .append(outcome.below() ? " /" : " ")
                          .append(outcome.metric())
                          .append('=')
                          .append(outcome.value()));
          meanings.add(words.toString());
        }
      }

      @Override
      public void invalidExposure(PhaseRules rules) {
        meanings.add("invalid in " + rules.key());
      }
    };
  }

  private static TestEvents exposed(String experiment, String variant) {
    return TestEvents.event("experiment_exposed")
        .user("u")
        .at(NOON)
        .with("experiment", experiment)
        .with("variant", variant)
        .with("surface", "web");
  }

  private static TestEvents order(int quantity) {
    return TestEvents.event("order_placed")
        .user("u")
        .at(NOON)
        .with("amount_cents", 250L)
        .with("quantity", quantity);
  }

  @Test
  void exposureCountsWithItsOwnVariant() throws Exception {
    assertThat(meanings(exposed("x", "treatment"), running("x"), running("y")))
        .containsExactly("user_id=u in x/1 to 1");
    assertThat(meanings(exposed("x", "control"), running("x")))
        .containsExactly("user_id=u in x/1 to 0");
  }

  @Test
  void exposureThatIsNotValidIsTold() throws Exception {
    assertThat(meanings(exposed("x", "treatment").with("surface", "bot"), running("x")))
        .containsExactly("invalid in x/1");
    assertThat(meanings(exposed("x", "third"), running("x"))).containsExactly("invalid in x/1");
    TestEvents ofNoUser = exposed("x", "control").without("user_id").anonymous("device");
    assertThat(meanings(ofNoUser, running("x"))).containsExactly("invalid in x/1");
  }

  @Test
  void exposureOfWhatDoesNotRunMeansNothing() throws Exception {
    assertThat(meanings(exposed("z", "control"), running("x"))).isEmpty();
    assertThat(
            meanings(
                exposed("x", "control"),
                definition("x", 1, NOON + 1, ExperimentDefinition.NEVER, "user_id")))
        .isEmpty();
    assertThat(meanings(exposed("x", "control"), definition("x", 1, NOON - HOUR, NOON, "user_id")))
        .isEmpty();
  }

  @Test
  void outcomeIsOneOfEachMetricThatTakesIt() throws Exception {
    assertThat(meanings(order(2), running("x")))
        .containsExactly("user_id=u in x/1 0=1.0 1=250.0 2=250.0 /2=2.0");
    assertThat(meanings(order(3), running("x")))
        .containsExactly("user_id=u in x/1 0=1.0 2=250.0 /2=3.0");
    assertThat(meanings(TestEvents.event("page_viewed").user("u"), running("x"))).isEmpty();
    assertThat(meanings(order(2).without("user_id").anonymous("d"), running("x"))).isEmpty();
  }

  @Test
  void versionThatActsThenCounts() throws Exception {
    ExperimentDefinition[] versions = {
      running("x"),
      definition("x", 2, NOON, NOON + HOUR, "user_id"),
      definition("x", 3, NOON + 2 * HOUR, ExperimentDefinition.NEVER, "user_id")
    };
    assertThat(meanings(exposed("x", "control").at(NOON - 1), versions))
        .containsExactly("user_id=u in x/1 to 0");
    assertThat(meanings(exposed("x", "control"), versions))
        .containsExactly("user_id=u in x/2 to 0");
    assertThat(meanings(order(3).at(NOON + HOUR), versions)).as("stopped").isEmpty();
    assertThat(meanings(order(3).at(NOON + 2 * HOUR), versions))
        .containsExactly("user_id=u in x/3 0=1.0 2=250.0 /2=3.0");
  }

  @Test
  void unitsOfOneEventAreToldApart() throws Exception {
    ExperimentDefinition ofDevices =
        definition("d", 1, NOON - HOUR, ExperimentDefinition.NEVER, "anonymous_id");
    assertThat(
            meanings(
                order(3).with("anonymous_id", "device"), running("x"), ofDevices, running("y")))
        .containsExactly(
            "anonymous_id=device in d/1 0=1.0 2=250.0 /2=3.0",
            "user_id=u in x/1 0=1.0 2=250.0 /2=3.0",
            "user_id=u in y/1 0=1.0 2=250.0 /2=3.0");
  }
}
