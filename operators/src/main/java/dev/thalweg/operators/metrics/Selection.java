package dev.thalweg.operators.metrics;

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
  private final Map<WindowSpec, SliceClock> clocks = new HashMap<>();
  private final Map<List<String>, Dimensions> dimensions = new HashMap<>();
  private final List<SliceItem> slices = new ArrayList<>();
  private final List<SubjectItem> subjects = new ArrayList<>();
  private final Lateness lateness;

  private boolean anySelects;
  private boolean anyCounts;
  private long watermark;

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

  private SliceClock clock(WindowSpec window) {
    return clocks.computeIfAbsent(window, spec -> new SliceClock(new Windows(spec, config.zone())));
  }

  private void addMetric(int place, MetricDefinition metric) {
    SliceClock clock = clock(metric.window());
    Dimensions by =
        dimensions.computeIfAbsent(metric.by(), names -> new Dimensions(names, contract));
    boolean isExact = metric.kind() == MetricKind.UNIQUE && !metric.approximate();
    if (concerns(metric.events())) {
      int condition = conditions.add(metric.events().where());
      Measure measure = Measure.of(metric, metric.of(), false, contract);
      if (isExact && metric.of().isEmpty()) {
        subjects.add(
            SubjectItem.unique(
                condition, time -> lateness.ofWindow(clock.at(time).lastEnd()), place, by));
      } else if (measure != null) {
        slices.add(new SliceItem(metric.name(), condition, measure, by, clock));
      }
    }
    metric
        .denominator()
        .filter(per -> concerns(per.events()))
        .ifPresent(
            per -> {
              Measure measure = Measure.of(metric, per.of(), true, contract);
              if (measure != null) {
                int condition = conditions.add(per.events().where());
                slices.add(new SliceItem(metric.name(), condition, measure, by, clock));
              }
            });
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
   * @param reached the watermark
   * @param parts takes what the event contributes to slices
   * @param hits is filled with what it means to its subject
   */
  Outcome select(EventCursor event, long reached, PreAggregation parts, HitsBuilder hits) {
    conditions.next(event);
    dimensions.values().forEach(Dimensions::next);
    anySelects = false;
    anyCounts = false;
    watermark = reached;
    long time = event.longValue(CoreFields.EVENT_TIME);
    for (SliceItem item : slices) {
      if (conditions.hold(item.condition) && item.measure.applies(event)) {
        anySelects = true;
        add(event, time, item, parts);
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

  private void add(EventCursor event, long time, SliceItem item, PreAggregation parts) {
    SliceClock slice = item.clock.at(time);
    if (!Lateness.isOver(lateness.ofWindow(slice.lastEnd()), watermark)) {
      anyCounts = true;
      ViewGroup group = item.group(event);
      item.measure.add(event, parts.add(group, slice.start(), slice.end(), item.measure.empty()));
    }
  }

  private static final class SliceItem {
    private final int condition;
    private final Measure measure;
    private final Dimensions by;
    private final SliceClock clock;
    private final ViewGroup plain;

    SliceItem(String name, int condition, Measure measure, Dimensions by, SliceClock clock) {
      this.condition = condition;
      this.measure = measure;
      this.by = by;
      this.clock = clock;
      this.plain = new ViewGroup(ViewGroup.Kind.SLICES, name, ViewGroup.NO_DIMENSIONS);
    }

    ViewGroup group(EventCursor event) {
      String dimensions = by.of(event);
      return dimensions.equals(ViewGroup.NO_DIMENSIONS)
          ? plain
          : new ViewGroup(ViewGroup.Kind.SLICES, plain.name(), dimensions);
    }
  }
}
