package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.metrics.RetentionDefinition.Cohort;
import dev.thalweg.operators.metrics.RetentionDefinition.Period;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which declarations may go on with the state of others. */
final class DeclarationsTest {
  private static final MetricDefinition VIEWS = metric("views", MetricKind.COUNT, "", "");
  private static final MetricDefinition REVENUE =
      metric("revenue", MetricKind.SUM, "amount_cents", "quantity < 100");

  private static MetricDefinition metric(String name, MetricKind kind, String of, String where) {
    return new MetricDefinition(
        name,
        kind,
        new EventSelector(Set.of("order_placed", "page_viewed"), where),
        of,
        List.of("source"),
        new WindowSpec.Cumulating(Duration.ofDays(1), Duration.ofMinutes(5)),
        false,
        0,
        null);
  }

  private static FunnelDefinition funnel(Duration within) {
    return new FunnelDefinition(
        "purchase",
        within,
        new WindowSpec.Tumbling(Duration.ofDays(1)),
        List.of(
            new FunnelDefinition.Step("view", new EventSelector(Set.of("page_viewed"), "")),
            new FunnelDefinition.Step("order", new EventSelector(Set.of("order_placed"), ""))));
  }

  private static RetentionDefinition retention(String... periods) {
    return new RetentionDefinition(
        "buyers", EventSelector.ALL, Cohort.DAY, Stream.of(periods).map(Period::parse).toList());
  }

  private record Declared(
      Duration lateness,
      ZoneId zone,
      Duration horizon,
      List<MetricDefinition> metrics,
      SessionDefinition sessions,
      List<FunnelDefinition> funnels,
      List<RetentionDefinition> retention) {
    MetricsConfig config() {
      return new MetricsConfig(
          lateness, Duration.ofSeconds(5), zone, horizon, metrics, sessions, funnels, retention);
    }

    Declared with(MetricDefinition... others) {
      return new Declared(lateness, zone, horizon, List.of(others), sessions, funnels, retention);
    }
  }

  private static Declared all() {
    return new Declared(
        Duration.ofHours(48),
        ZoneOffset.UTC,
        Duration.ofDays(730),
        List.of(VIEWS, REVENUE),
        new SessionDefinition(Duration.ofMinutes(30)),
        List.of(funnel(Duration.ofHours(24))),
        List.of(retention("D1", "D7+")));
  }

  private static Declared with(Duration lateness, ZoneId zone, Duration horizon) {
    Declared all = all();
    return new Declared(
        lateness, zone, horizon, all.metrics, all.sessions, all.funnels, all.retention);
  }

  private static List<String> conflicts(Declared earlier, Declared now) {
    Declarations read =
        Declarations.read(Declarations.of(earlier.config()).write(Declarations.read(List.of())));
    return Declarations.of(now.config()).conflicts(read);
  }

  static List<Declared> harmless() {
    Declared all = all();
    return List.of(
        all,
        all.with(REVENUE, VIEWS),
        all.with(REVENUE),
        all.with(VIEWS, REVENUE, metric("more", MetricKind.COUNT, "", "")),
        with(Duration.ofHours(47), all.zone, Duration.ofDays(1)),
        new Declared(all.lateness, all.zone, all.horizon, all.metrics, null, List.of(), List.of()));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void metricsComeAndGoAndChangePlaces(Declared now) {
    assertThat(conflicts(all(), now)).isEmpty();
  }

  static List<Declared> harmful() {
    Declared all = all();
    List<Declared> changed = new ArrayList<>();
    changed.add(all.with(metric("views", MetricKind.SUM, "amount_cents", "")));
    changed.add(all.with(metric("views", MetricKind.COUNT, "", "true")));
    changed.add(all.with(metric("revenue", MetricKind.SUM, "quantity", "quantity < 100")));
    MetricDefinition v = VIEWS;
    changed.add(
        all.with(
            new MetricDefinition(
                "views", v.kind(), EventSelector.ALL, "", v.by(), v.window(), false, 0, null)));
    changed.add(
        all.with(
            new MetricDefinition(
                "views", v.kind(), v.events(), "", List.of(), v.window(), false, 0, null)));
    changed.add(
        all.with(
            new MetricDefinition(
                "views",
                v.kind(),
                v.events(),
                "",
                v.by(),
                new WindowSpec.Tumbling(Duration.ofDays(1)),
                false,
                0,
                null)));
    changed.add(with(Duration.ofHours(49), all.zone, all.horizon));
    changed.add(with(all.lateness, all.zone, Duration.ofDays(731)));
    changed.add(with(all.lateness, ZoneId.of("Europe/Vienna"), all.horizon));
    changed.add(changed(new SessionDefinition(Duration.ofMinutes(31)), all.funnels, all.retention));
    changed.add(changed(all.sessions, List.of(funnel(Duration.ofHours(23))), all.retention));
    changed.add(changed(all.sessions, all.funnels, List.of(retention("D1", "D7"))));
    return changed;
  }

  private static Declared changed(
      SessionDefinition sessions,
      List<FunnelDefinition> funnels,
      List<RetentionDefinition> retention) {
    Declared all = all();
    return new Declared(
        all.lateness, all.zone, all.horizon, all.metrics, sessions, funnels, retention);
  }

  @ParameterizedTest
  @MethodSource("harmful")
  void oneNameMeansOneThing(Declared now) {
    assertThat(conflicts(all(), now)).isNotEmpty();
  }

  @Test
  void reasonSaysWhatWasAndWhatToDo() {
    assertThat(conflicts(all(), all().with(metric("views", MetricKind.COUNT, "", "true"))))
        .containsExactly(
            "metric views was 'count of order_placed or page_viewed by [source] in cumulating PT24H"
                + " every PT5M, Z', is 'count of order_placed or page_viewed where true by [source]"
                + " in cumulating PT24H every PT5M, Z': give it a new name, or start without the"
                + " savepoint");
    assertThat(conflicts(all(), with(Duration.ofHours(49), ZoneOffset.UTC, Duration.ofDays(1))))
        .containsExactly("metrics.lateness was PT48H, is PT49H: with a savepoint it can only fall");
  }

  private static OperatorHarness.Plan<RawRecord, Contribution> select(Declared declared) {
    MetricsConfig config = declared.config();
    return OperatorHarness.ofOperator(
        () -> new SelectEvents(ContractCatalog::fromClassPath, null, config),
        MessageTypes.RAW_RECORD,
        MetricsTypes.CONTRIBUTION);
  }

  private static OperatorSubtaskState savepoint(Declared declared, OperatorSubtaskState from)
      throws Exception {
    try (var select = from == null ? select(declared).open() : select(declared).restore(from)) {
      return select.snapshot();
    }
  }

  @Test
  void whatIsGoneDoesNotComeBack() throws Exception {
    OperatorSubtaskState both = savepoint(all(), null);
    OperatorSubtaskState one = savepoint(all().with(VIEWS), both);
    OperatorSubtaskState still = savepoint(all().with(VIEWS), one);
    for (OperatorSubtaskState without : List.of(one, still)) {
      assertThatThrownBy(() -> savepoint(all(), without))
          .isInstanceOf(SuppressRestartsException.class)
          .rootCause()
          .hasMessage(
              "metric revenue was removed before, and misses what came since: give it a new name,"
                  + " go on from a savepoint taken before, or start without one");
    }
    savepoint(all(), both);
  }

  @Test
  void everySubtaskKnowsWhatWas() throws Exception {
    Declared other = all().with(metric("views", MetricKind.COUNT, "", "true"));
    OperatorSubtaskState state = savepoint(all(), null);
    List<OperatorHarness<RawRecord, Contribution>> two = select(all()).rescale(2, state);
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (OperatorHarness<RawRecord, Contribution> one : two) {
      states.add(one.snapshot());
      one.close();
    }
    OperatorSubtaskState[] both = states.toArray(OperatorSubtaskState[]::new);
    assertThatThrownBy(() -> select(other).rescale(3, both))
        .isInstanceOf(SuppressRestartsException.class);
  }
}
