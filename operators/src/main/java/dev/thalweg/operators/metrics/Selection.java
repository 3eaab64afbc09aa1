package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.Conditions;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventConditions;
import dev.thalweg.schemas.EventCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the events of one contract mean to the metrics: only what is declared for their event type
 * is looked at, and equal conditions, windows and dimensions are evaluated once an event. Not
 * thread safe.
 */
final class Selection {
  /** What became of an event. */
  enum Outcome {
    /** Something counts it, or nothing selects it. */
    ACCEPTED,
    /** All that select it drop it as too late. */
    LATE
  }

  private final MetricsConfig config;
  private final Contract contract;
  private final Conditions conditions;
  private final Map<WindowSpec.Sliced, SliceClock> clocks = new HashMap<>();
  private final Map<List<String>, Dimensions> dimensions = new HashMap<>();
  private final List<GroupItem> groups = new ArrayList<>();
  private final List<SubjectItem> subjects = new ArrayList<>();
  private final Lateness lateness;

  private boolean anySelects;
  private boolean anyCounts;

  Selection(Contract contract, EventConditions compiler, MetricsConfig config) {
    this(
        contract,
        (where, known) -> compiler.compile(where, known).map(condition -> condition::holds),
        config);
  }

  Selection(Contract contract, Conditions.Compiler compiler, MetricsConfig config) {
    this.config = config;
    this.contract = contract;
    this.conditions = new Conditions(compiler, contract);
    this.lateness = Lateness.of(config);
    for (int i = 0; i < config.definitions().size(); i++) {
      addMetric(i, config.definitions().get(i));
    }
    for (int i = 0; i < config.funnels().size(); i++) {
      addFunnel(i, config.funnels().get(i));
    }
    for (int i = 0; i < config.retention().size(); i++) {
      addRetention(i, config.retention().get(i));
    }
    config.sessions().ifPresent(this::addSessions);
  }

  private boolean concerns(EventSelector events) {
    Set<String> types = events.eventTypes();
    return (types.isEmpty() || types.contains(contract.type())) && conditions.fit(events.where());
  }

  private SliceClock clock(WindowSpec.Sliced window) {
    return clocks.computeIfAbsent(window, spec -> new SliceClock(new Windows(spec, config.zone())));
  }

  private void addMetric(int place, MetricDefinition metric) {
    Dimensions by =
        dimensions.computeIfAbsent(metric.by(), names -> new Dimensions(names, contract));
    if (concerns(metric.events())) {
      int condition = conditions.add(metric.events().where());
      if (metric.kind() == MetricKind.UNIQUE && !metric.approximate()) {
        SliceClock clock = clock((WindowSpec.Sliced) metric.window());
        subjects.add(
            SubjectItem.unique(
                condition, time -> lateness.ofWindow(clock.at(time).lastEnd()), place, by));
      } else {
        addGroups(metric, condition, Measure.of(metric, metric.of(), false, contract), by);
      }
    }
    metric
        .denominator()
        .filter(per -> concerns(per.events()))
        .ifPresent(
            per ->
                addGroups(
                    metric,
                    conditions.add(per.events().where()),
                    Measure.of(metric, per.of(), true, contract),
                    by));
  }

  private void addGroups(MetricDefinition metric, int condition, Measure measure, Dimensions by) {
    if (measure == null) {
      return;
    }
    if (metric.window() instanceof WindowSpec.Sliced sliced) {
      SliceClock clock = clock(sliced);
      groups.add(GroupItem.sliced(metric.name(), condition, measure, by, clock, lateness));
    } else {
      long gap = metric.window().size().toMillis();
      groups.add(GroupItem.session(metric.name(), condition, measure, by, gap, lateness));
    }
  }

  private void addFunnel(int place, FunnelDefinition funnel) {
    SliceClock clock = clock(funnel.window());
    for (int step = 0; step < funnel.steps().size(); step++) {
      EventSelector events = funnel.steps().get(step).events();
      if (concerns(events)) {
        int condition = conditions.add(events.where());
        subjects.add(
            SubjectItem.step(
                condition, time -> lateness.ofFunnel(funnel, clock.at(time).end()), place, step));
      }
    }
  }

  private void addRetention(int place, RetentionDefinition retention) {
    if (concerns(retention.events())) {
      int condition = conditions.add(retention.events().where());
      subjects.add(SubjectItem.retention(condition, lateness::ofRetention, place));
    }
  }

  private void addSessions(SessionDefinition sessions) {
    int always = conditions.add("");
    subjects.add(SubjectItem.sessions(always, time -> lateness.ofSession(sessions, time)));
  }

  /**
   * Finds what an event means.
   *
   * @param event a canonical record of the contract
   * @param watermark the watermark
   * @param parts takes what the event contributes to groups
   * @param hits is filled with what it means to its subject
   */
  Outcome select(EventCursor event, long watermark, PreAggregation parts, HitsBuilder hits) {
    conditions.next(event);
    dimensions.values().forEach(Dimensions::next);
    anySelects = false;
    anyCounts = false;
    long time = event.longValue(CoreFields.EVENT_TIME);
    for (GroupItem item : groups) {
      if (conditions.hold(item.condition()) && item.applies(event)) {
        anySelects = true;
        anyCounts |= item.add(event, time, watermark, parts);
      }
    }
    hits.reset();
    for (SubjectItem item : subjects) {
      if (conditions.hold(item.condition())) {
        anySelects = true;
        if (!item.isLate(time, watermark)) {
          anyCounts = true;
          item.hit(event, hits);
        }
      }
    }
    return anySelects && !anyCounts ? Outcome.LATE : Outcome.ACCEPTED;
  }
}
