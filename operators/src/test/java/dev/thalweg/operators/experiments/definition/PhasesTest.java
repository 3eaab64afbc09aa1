package dev.thalweg.operators.experiments.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.experiments.assignment.Bucketing;
import dev.thalweg.operators.experiments.statistics.AnytimeValid;
import dev.thalweg.operators.experiments.statistics.Winsorization;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is another phase: asked of every part that a definition has, one at a time. */
final class PhasesTest {
  /** Another value for each part, by record and component; a part that is missing here fails. */
  private static final Map<String, Object> OTHERS =
      Map.ofEntries(
          Map.entry("ExperimentDefinition.version", 7),
          Map.entry("ExperimentDefinition.phase", 5),
          Map.entry("ExperimentDefinition.owner", "payments"),
          Map.entry("ExperimentDefinition.effectiveFrom", Definitions.MARCH + 5),
          Map.entry("ExperimentDefinition.stop", ExperimentDefinition.NEVER),
          Map.entry("ExperimentDefinition.guardrails", List.of()),
          Map.entry("ExperimentDefinition.statistics", new AnytimeValid(0.01, 5000)),
          Map.entry(
              "ExperimentDefinition.policy",
              new DecisionPolicy(5, Duration.ZERO, Acting.MANUAL, Acting.MANUAL, List.of())),
          Map.entry("Allocation.unit", "anonymous_id"),
          Map.entry(
              "Allocation.variants",
              List.of(new Variant("control", 50), new Variant("treatment", 49))),
          Map.entry("Allocation.baseline", "treatment"),
          Map.entry("Allocation.salt", "checkout-2"),
          Map.entry("Allocation.bucketing", Bucketing.GROWTHBOOK_V2),
          Map.entry("Allocation.targeting", ""),
          Map.entry("Exposure.event", "page_viewed"),
          Map.entry("Exposure.validIf", ""),
          Map.entry("Design.crossover", Crossover.FIRST),
          Map.entry("Routing.routes", Map.of("treatment", "other")),
          Map.entry("Routing.events", Set.of("page_viewed")),
          Map.entry("OutcomeMetric.name", "income"),
          Map.entry("OutcomeMetric.kind", OutcomeKind.MEAN),
          Map.entry("OutcomeMetric.outcome", new Outcome("order_placed", "", "quantity")),
          Map.entry("OutcomeMetric.delay", Duration.ofHours(2)),
          Map.entry("OutcomeMetric.window", Duration.ZERO),
          Map.entry("OutcomeMetric.bounds", Winsorization.cap(100_000)),
          Map.entry("OutcomeMetric.cuped", Duration.ofDays(7)));

  /** What does not touch the numbers, by the components of the definition itself. */
  private static final Set<String> OF_NO_PHASE =
      Set.of(
          "version",
          "phase",
          "owner",
          "effectiveFrom",
          "stop",
          "guardrails",
          "statistics",
          "policy");

  /** The id is what tells experiments apart, and never changes. */
  private static final Set<String> NEVER_CHANGES = Set.of("experiment");

  private final ExperimentDefinition earlier = definition();

  /** Without guardrails, so that a metric may change its name. */
  private static ExperimentDefinition definition() {
    ExperimentDefinition all = Definitions.checkout();
    return new ExperimentDefinition(
        all.experiment(),
        5,
        4,
        all.owner(),
        all.effectiveFrom(),
        all.stop(),
        all.design(),
        List.of(),
        all.statistics(),
        all.policy());
  }

  /** The record with another value for one component. */
  static <T extends Record> T changed(T record, String component, Object other) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        values[i] =
            components[i].getName().equals(component)
                ? other
                : components[i].getAccessor().invoke(record);
      }
      @SuppressWarnings("unchecked") // the constructor is the record's own
      T changed = (T) record.getClass().getDeclaredConstructor(types).newInstance(values);
      return changed;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(component, e);
    }
  }

  private static Object other(Class<?> record, String component) {
    String key = record.getSimpleName() + "." + component;
    assertThat(OTHERS).as("another value of " + key).containsKey(key);
    return OTHERS.get(key);
  }

  private static List<String> components(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void whatTouchesNoNumberKeepsThePhase() {
    for (String component : components(ExperimentDefinition.class)) {
      if (component.equals("design") || NEVER_CHANGES.contains(component)) {
        continue;
      }
      assertThat(OF_NO_PHASE).contains(component);
      Object other =
          component.equals("guardrails")
              ? List.of(new Guardrail("revenue", -0.5))
              : other(ExperimentDefinition.class, component);
      ExperimentDefinition later = changed(earlier, component, other);
      assertThat(later).as(component).isNotEqualTo(earlier);
      assertThat(later.startsNewPhase(earlier)).as(component).isFalse();
      assertThat(later.after(earlier).phase()).as(component).isEqualTo(4);
      assertThat(later.after(earlier).version()).as(component).isEqualTo(6);
    }
  }

  /** Every design that differs from the first in one part, however deep. */
  private List<Design> otherDesigns() {
    Design design = earlier.design();
    List<Design> others = new ArrayList<>();
    for (String component : components(Design.class)) {
      if (component.equals("crossover")) {
        others.add(changed(design, component, other(Design.class, component)));
        continue;
      }
      Record part =
          switch (component) {
            case "allocation" -> design.allocation();
            case "exposure" -> design.exposure();
            case "metrics" -> design.metrics().get(1);
            case "routing" -> design.routing();
            default -> throw new AssertionError("another value of Design." + component);
          };
      for (String below : components(part.getClass())) {
        if (below.equals("per")) {
          continue;
        }
        Record changed = changed(part, below, other(part.getClass(), below));
        assertThat(changed).as(below).isNotEqualTo(part);
        Object value =
            component.equals("metrics") ? List.of(design.metrics().get(0), changed) : changed;
        others.add(changed(design, component, value));
      }
    }
    return others;
  }

  @Test
  void whatTouchesNumbersIsAnotherPhase() {
    assertThat(otherDesigns()).hasSize(18);
    for (Design other : otherDesigns()) {
      ExperimentDefinition later = changed(earlier, "design", other);
      assertThat(later.startsNewPhase(earlier)).as("%s", other).isTrue();
      assertThat(later.after(earlier).phase()).isEqualTo(5);
      assertThat(later.after(earlier).version()).isEqualTo(6);
    }
  }

  @Test
  void anotherDenominatorAndAnotherNumberOfMetricsAreAnotherPhase() {
    Outcome orders = new Outcome("order_placed", "", "");
    OutcomeMetric ratio =
        Definitions.metric("r", OutcomeKind.RATIO, orders, new Outcome("page_viewed", "", ""));
    Design before = changed(earlier.design(), "metrics", List.of(ratio));
    Design otherDenominator =
        changed(
            before, "metrics", List.of(changed(ratio, "per", new Outcome("cart_added", "", ""))));
    Design more =
        changed(
            before,
            "metrics",
            List.of(ratio, Definitions.metric("orders", OutcomeKind.COUNT, orders)));
    ExperimentDefinition first = changed(earlier, "design", before);
    assertThat(changed(earlier, "design", otherDenominator).startsNewPhase(first)).isTrue();
    assertThat(changed(earlier, "design", more).startsNewPhase(first)).isTrue();
  }

  @Test
  void anotherSpacingOfTargetingIsTheSamePhase() {
    Allocation wide = earlier.design().allocation();
    Allocation narrow = changed(wide, "targeting", Definitions.ios().replace(" ", ""));
    ExperimentDefinition later =
        changed(earlier, "design", changed(earlier.design(), "allocation", narrow));
    assertThat(later.startsNewPhase(earlier)).isFalse();
    assertThat(later.saysTheSameAs(earlier)).isTrue();
  }

  @Test
  void whatActsAgainAfterAStopIsAnotherPhase() {
    long stop = earlier.stop();
    ExperimentDefinition open = changed(earlier, "stop", ExperimentDefinition.NEVER);
    assertThat(changed(open, "effectiveFrom", stop - 1).after(earlier).phase()).isEqualTo(4);
    assertThat(changed(open, "effectiveFrom", stop).after(earlier).phase()).isEqualTo(5);
  }

  @Test
  void saysTheSameWhateverTheVersion() {
    assertThat(changed(earlier, "version", 9).saysTheSameAs(earlier)).isTrue();
    assertThat(changed(earlier, "phase", 2).saysTheSameAs(earlier)).isTrue();
    assertThat(changed(earlier, "owner", "payments").saysTheSameAs(earlier)).isFalse();
  }

  @Test
  void anotherExperimentIsNoLaterVersion() {
    assertThatThrownBy(() -> changed(earlier, "experiment", "search").after(earlier))
        .hasMessage("experiment: search is not checkout");
  }

  @Test
  void actsFromItsTimeUntilItStops() {
    assertThat(earlier.actsAt(earlier.effectiveFrom() - 1)).isFalse();
    assertThat(earlier.actsAt(earlier.effectiveFrom())).isTrue();
    assertThat(earlier.actsAt(earlier.stop() - 1)).isTrue();
    assertThat(earlier.actsAt(earlier.stop())).isFalse();
    assertThat(changed(earlier, "stop", ExperimentDefinition.NEVER).actsAt(Long.MAX_VALUE - 1))
        .isTrue();
  }
}
