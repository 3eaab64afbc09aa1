package dev.thalweg.operators.experiments.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.PhaseRules;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.selection.ExperimentSelection;
import dev.thalweg.operators.experiments.selection.Experiments;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done for an event depends on the experiments that it concerns, not on how many run. */
final class ManyExperimentsTest {
  /** Orders concern five; all have conditions of their own on exposures and on their outcomes. */
  static final int ELIGIBLE = 5;

  /** Experiments of which the first few take orders as outcomes and route them, the rest goals. */
  static List<ExperimentDefinition> experiments(int count) {
    List<ExperimentDefinition> experiments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "e%04d".formatted(i);
      boolean ofOrders = i < ELIGIBLE;
      experiments.add(
          Experiments.of(id)
              .validIf("surface != 'bot-%d'".formatted(i))
              .converts(
                  ofOrders ? "order_placed" : "goal_reached",
                  ofOrders ? "quantity > %d".formatted(i) : "goal == 'g%d'".formatted(i))
              .routes("route-" + i, ofOrders ? "order_placed" : "goal_reached")
              .build());
    }
    return experiments;
  }

  static TestEvents order() {
    return TestEvents.event("order_placed").with("quantity", 3);
  }

  static TestEvents exposure(int experiment) {
    return TestEvents.event("experiment_exposed")
        .with("experiment", "e%04d".formatted(experiment))
        .with("variant", "treatment")
        .with("surface", "web");
  }

  private static EventCursor cursor(TestEvents event) {
    return new CanonicalReader(TestEvents.catalog(), null).read(CanonicalEvents.of(event).value());
  }

  /** How often each condition was evaluated for one event, and which units were hit. */
  private static Map<String, Integer> evaluated(int experiments, TestEvents event) {
    EventCursor cursor = cursor(event);
    EventConditions conditions = new EventConditions(TestEvents.catalog());
    Map<String, Integer> evaluated = new TreeMap<>();
    ExperimentSelection selection =
        new ExperimentSelection(
            cursor.contract(),
            (where, contract) ->
                conditions
                    .compile(where, contract)
                    .map(
                        condition ->
                            each -> {
                              evaluated.merge(where, 1, Integer::sum);
                              return condition.holds(each);
                            }),
            experiments(experiments));
    List<String> hits = new ArrayList<>();
    selection.select(
        cursor,
        event.origin(),
        new ExperimentSelection.Meanings() {
          @Override
          public void hits(UnitHits each) {
            each.hits().forEach(hit -> hits.add(hit.rules().key()));
          }

          @Override
          public void invalidExposure(PhaseRules rules) {
            hits.add("invalid");
          }
        });
    assertThat(hits).isNotEmpty().doesNotContain("invalid");
    return evaluated;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void conditionsOfEligibleExperimentsAloneAreEvaluated(int experiments) {
    assertThat(evaluated(experiments, order()))
        .isEqualTo(
            Map.of(
                "quantity > 0",
                1,
                "quantity > 1",
                1,
                "quantity > 2",
                1,
                "quantity > 3",
                1,
                "quantity > 4",
                1));
    assertThat(evaluated(experiments, exposure(7))).isEqualTo(Map.of("surface != 'bot-7'", 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 1_000})
  void rulesOfEligibleExperimentsAloneAreMadeAndEvaluated(int experiments) {
    Map<String, Integer> made = new TreeMap<>();
    Map<String, Integer> evaluated = new TreeMap<>();
    EventCursor cursor = cursor(order());
    ContractRoutes routes =
        new ContractRoutes(
            cursor.contract(),
            experiments(experiments),
            definition -> {
              made.merge(definition.key(), 1, Integer::sum);
              ArmRule rule = new DefinedArms(definition);
              return event -> {
                evaluated.merge(definition.key(), 1, Integer::sum);
                return rule.arm(event);
              };
            });
    Map<String, Integer> eligible =
        Map.of("e0000/1", 1, "e0001/1", 1, "e0002/1", 1, "e0003/1", 1, "e0004/1", 1);
    assertThat(made).isEqualTo(eligible);
    assertThat(routes.experiments()).isEqualTo(ELIGIBLE);
    routes.route(cursor, ignored());
    assertThat(evaluated).isEqualTo(eligible);
  }

  private static ContractRoutes.Destinations ignored() {
    return new ContractRoutes.Destinations() {
      private int routed;

      @Override
      public void send(String route) {
        routed++;
      }

      @Override
      public void failed(ExperimentDefinition definition) {
        throw new AssertionError(definition.key() + " failed after " + routed);
      }
    };
  }

  @Test
  void eventTypeThatNobodyIsInterestedInCostsNothing() {
    EventCursor view = cursor(TestEvents.event("page_viewed"));
    ContractRoutes routes =
        new ContractRoutes(
            view.contract(),
            experiments(1_000),
            definition -> {
              throw new AssertionError("made a rule of " + definition.key());
            });
    routes.route(view, ignored());
    assertThat(routes.experiments()).isZero();
  }
}
