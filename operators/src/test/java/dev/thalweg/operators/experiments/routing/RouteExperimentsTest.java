package dev.thalweg.operators.experiments.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.assignment.StraightforwardBucketing;
import dev.thalweg.operators.experiments.definition.DefinitionsState;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.selection.Experiments;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Copies of events on their way to pipelines of experiments. */
final class RouteExperimentsTest {
  private static final long NOON = TestEvents.NOON;
  private static final long HOUR = 3_600_000;
  private static final long NEVER = ExperimentDefinition.NEVER;

  private static TwoInputHarness.Plan<RawRecord, ExperimentDefinition, RoutedRecord> plan() {
    return TwoInputHarness.of(
        () -> new RouteExperiments(ContractCatalog::fromClassPath, null, Duration.ofHours(2)),
        RoutedRecordSerializer.TYPE);
  }

  private static TwoInputHarness<RawRecord, ExperimentDefinition, RoutedRecord> opened(
      ExperimentDefinition... definitions) throws Exception {
    return plan().open().second(definitions).secondIdle();
  }

  /** Everybody has the treatment, whose orders go to a route. */
  private static Experiments all(String id, String route) {
    return Experiments.of(id).weights(0, 1).routes(route, "order_placed");
  }

  private static TestEvents order() {
    return TestEvents.event("order_placed").at(NOON);
  }

  private static RawRecord order(String user) {
    return CanonicalEvents.of(order().user(user));
  }

  private static List<String> routes(
      TwoInputHarness<RawRecord, ExperimentDefinition, RoutedRecord> route) {
    return route.drain().stream().map(RoutedRecord::route).toList();
  }

  private static List<String> routes(TestEvents event, ExperimentDefinition... definitions)
      throws Exception {
    try (var route = opened(definitions)) {
      return routes(route.first(CanonicalEvents.of(event)));
    }
  }

  @Test
  void recordGoesAsItWasRead() throws Exception {
    RawRecord order = CanonicalEvents.of(order().from(2, 9));
    RawRecord keyed = new RawRecord(new byte[] {7}, order.value(), order.origin());
    try (var route = opened(all("x", "new").build())) {
      List<RoutedRecord> routed = route.first(keyed).drain();
      assertThat(routed).hasSize(1);
      assertThat(routed.get(0).route()).isEqualTo("new");
      assertThat(routed.get(0).record().key()).isEqualTo(keyed.key());
      assertThat(routed.get(0).record().value()).isEqualTo(keyed.value());
      assertThat(routed.get(0).record().origin()).isEqualTo(keyed.origin());
    }
  }

  private static int plainArm(Bucketing bucketing, String salt, String unit) {
    return switch (bucketing) {
      case FLAGD_FRACTIONAL_V2 -> StraightforwardBucketing.fractional(salt + unit, 1, 3);
      case GROWTHBOOK_V1 -> StraightforwardBucketing.growthBook(1, salt, unit, 0.25, 0.75);
      case GROWTHBOOK_V2 -> StraightforwardBucketing.growthBook(2, salt, unit, 0.25, 0.75);
    };
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void eachUnitGoesWhereItsVariantDoes(Bucketing bucketing) throws Exception {
    Experiments x =
        Experiments.of("x")
            .by(bucketing)
            .weights(1, 3)
            .routes(Map.of("control", "old", "treatment", "new"), "order_placed");
    List<String> expected = new ArrayList<>();
    try (var route = opened(x.build())) {
      for (int i = 0; i < 300; i++) {
        route.first(order("u" + i));
        expected.add(plainArm(bucketing, "x:", "u" + i) == 0 ? "old" : "new");
      }
      assertThat(routes(route)).isEqualTo(expected);
      assertThat(expected).contains("old", "new");
      long old = expected.stream().filter("old"::equals).count();
      assertThat(route.counter("events_routed", "route", "old")).isEqualTo(old);
      assertThat(route.counter("events_routed", "route", "new")).isEqualTo(300 - old);
    }
  }

  @ParameterizedTest
  @EnumSource(Bucketing.class)
  void onlyThoseTakePartWhomTheRuleNames(Bucketing bucketing) throws Exception {
    Experiments x =
        all("x", "new")
            .by(bucketing)
            .targeting(
                "{\"and\": [{\">\": [{\"var\": \"amount_cents\"}, 100]},"
                    + " {\"==\": [{\"var\": \"event_type\"}, \"order_placed\"]},"
                    + " {\"!\": [{\"var\": \"session_id\"}]}]}");
    assertThat(routes(order().with("amount_cents", 101), x.build())).containsExactly("new");
    assertThat(routes(order().with("amount_cents", 100), x.build())).isEmpty();
    assertThat(routes(order().with("amount_cents", 101).with("session_id", "s"), x.build()))
        .isEmpty();
  }

  @Test
  void variantWithoutRouteStaysAndSoDoOtherEventTypes() throws Exception {
    ExperimentDefinition x = all("x", "new").weights(1, 0).build();
    assertThat(routes(order(), x)).isEmpty();
    TestEvents view = TestEvents.event("page_viewed");
    assertThat(routes(view, all("x", "new").build())).isEmpty();
    assertThat(routes(view, all("x", "new").routes("new", "page_viewed", "order_placed").build()))
        .containsExactly("new");
  }

  @Test
  void nobodyIsRoutedByWhatIsUnknownStoppedOrNotYetThere() throws Exception {
    assertThat(routes(order())).isEmpty();
    assertThat(routes(order(), Experiments.of("x").build())).as("no routes").isEmpty();
    assertThat(routes(order(), all("x", "new").acts(NOON - HOUR, NOON).build())).isEmpty();
    assertThat(routes(order(), all("x", "new").acts(NOON + 1, NEVER).build())).isEmpty();
    assertThat(routes(order(), all("x", "new").acts(NOON, NOON + 1).build()))
        .containsExactly("new");
  }

  @Test
  void nobodyIsRoutedWithoutUnit() throws Exception {
    TestEvents ofDevice = order().anonymous("device");
    assertThat(routes(ofDevice, all("x", "new").build())).isEmpty();
    assertThat(routes(ofDevice, all("x", "new").unit("anonymous_id").build()))
        .containsExactly("new");
    assertThat(routes(order(), all("x", "new").unit("no_such_field").build())).isEmpty();
  }

  @Test
  void eventGoesToSeveralRoutesAndToEachOnce() throws Exception {
    ExperimentDefinition[] experiments = {
      all("a", "new").build(), all("b", "other").build(), all("c", "new").build(),
    };
    try (var route = opened(experiments)) {
      route.first(order("u"), order("v"));
      assertThat(routes(route)).containsExactly("new", "other", "new", "other");
      assertThat(route.counter("events_routed")).isEqualTo(4);
    }
  }

  @Test
  void ruleThatFailsRoutesNobodyAndIsCounted() throws Exception {
    ExperimentDefinition fails =
        all("f", "failed").targeting("{\"<\": [{\"var\": \"currency\"}]}").build();
    try (var route = opened(fails, all("x", "new").build())) {
      route.first(order("u"), order("v"));
      assertThat(routes(route)).containsExactly("new", "new");
      assertThat(route.counter("flag_errors")).isEqualTo(2);
      assertThat(route.counter("events_routed", "route", "failed")).isZero();
    }
  }

  @Test
  void whatIsNoCanonicalRecordIsNotRouted() throws Exception {
    try (var route = opened(all("x", "new").build())) {
      route.first(
          order().jsonRecord(), order().avroRecord(), new RawRecord(null, null, order().origin()));
      assertThat(route.drain()).isEmpty();
    }
  }

  @Test
  void versionThatActsAtTheTimeOfTheEventDecides() throws Exception {
    ExperimentDefinition first = all("x", "first").build();
    ExperimentDefinition second = all("x", "second").version(2).acts(NOON, NOON + HOUR).build();
    ExperimentDefinition third =
        Experiments.of("x").version(3).acts(NOON + HOUR / 2, NEVER).build();
    RawRecord before = CanonicalEvents.of(order().at(NOON - 1));
    RawRecord after = CanonicalEvents.of(order().at(NOON));
    RawRecord later = CanonicalEvents.of(order().at(NOON + HOUR / 2));
    try (var route = opened(first)) {
      assertThat(routes(route.first(before, after))).containsExactly("first", "first");
      route.second(second);
      assertThat(routes(route.first(after, before, later, before, after)))
          .containsExactly("second", "first", "second", "first", "second");
      route.second(third).second(first);
      assertThat(routes(route.first(later, after, before))).containsExactly("second", "first");
    }
    try (var route = opened(third, second, first)) {
      assertThat(routes(route.first(later, after, before)))
          .as("told in another order")
          .containsExactly("second", "first");
    }
  }

  @Test
  void versionThatRoutesOtherEventsEndsTheRouteOfTheOneBefore() throws Exception {
    ExperimentDefinition views =
        all("x", "views").routes("views", "page_viewed").version(2).acts(NOON, NEVER).build();
    TestEvents view = TestEvents.event("page_viewed");
    assertThat(routes(order(), all("x", "orders").build(), views)).isEmpty();
    assertThat(routes(order().at(NOON - 1), all("x", "orders").build(), views))
        .containsExactly("orders");
    assertThat(routes(view.at(NOON), all("x", "orders").build(), views)).containsExactly("views");
    assertThat(routes(view.at(NOON - 1), all("x", "orders").build(), views)).isEmpty();
  }

  @Test
  void definitionsAndWaitingEventsSurviveRestoresAndOtherParallelisms() throws Exception {
    OperatorSubtaskState snapshot;
    try (var route = plan().open()) {
      route.second(all("x", "new").build()).first(order("a"), order("b"), order("c"));
      snapshot = route.snapshot();
      assertThat(route.drain()).isEmpty();
    }
    int routed = 0;
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (var route : plan().rescale(2, snapshot)) {
      route.first(order("d"));
      assertThat(route.drain()).isEmpty();
      List<String> routes = routes(route.secondIdle());
      assertThat(routes).isNotEmpty().containsOnly("new");
      assertThat(route.listed(DefinitionsState.waitingRecords())).isZero();
      snapshots[routed == 0 ? 0 : 1] = route.snapshot();
      routed += routes.size();
      route.close();
    }
    assertThat(routed).isEqualTo(5);
    for (var route : plan().rescale(1, snapshots)) {
      assertThat(routes(route.secondIdle().first(order("e")))).containsExactly("new");
      route.close();
    }
  }

  @Test
  void watermarkGoesOnSoonBehindTheCopies() throws Exception {
    try (var route = opened(all("x", "new").build())) {
      route.first(order("u")).watermark(NOON).clock(200);
      List<Object> out = route.drainAll();
      assertThat(out).hasSize(2).endsWith(new Watermark(NOON));
    }
  }
}
