package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.aggregate.Counts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;

/** Makes rows of what is kept of slices. Not thread safe. */
final class ViewRows {
  private final MetricsConfig config;
  private final Lateness lateness;
  private final Map<String, MetricDefinition> metrics = new HashMap<>();
  private final Map<String, Windows> windows = new HashMap<>();
  private final Map<String, FunnelDefinition> funnels = new HashMap<>();
  private final Map<String, RetentionDefinition> retention = new HashMap<>();

  ViewRows(MetricsConfig config) {
    this.config = config;
    this.lateness = Lateness.of(config);
    for (MetricDefinition metric : config.definitions()) {
      metrics.put(metric.name(), metric);
      if (metric.window() instanceof WindowSpec.Sliced sliced) {
        windows.put(metric.name(), new Windows(sliced, config.zone()));
      }
    }
    config.funnels().forEach(funnel -> funnels.put(funnel.name(), funnel));
    config.retention().forEach(view -> retention.put(view.name(), view));
  }

  /** The watermark from which on a slice is not needed; at once for what is no longer declared. */
  long closes(ViewGroup group, long start, long end) {
    return switch (group.kind()) {
      case SLICES -> {
        Windows own = windows.get(group.name());
        yield own == null ? Long.MIN_VALUE : lateness.ofWindow(own.lastEnd(start));
      }
      case WINDOWS -> windows.containsKey(group.name()) ? lateness.ofWindow(end) : Long.MIN_VALUE;
      case FUNNEL -> {
        FunnelDefinition funnel = funnels.get(group.name());
        yield funnel == null ? Long.MIN_VALUE : lateness.ofFunnel(funnel, end);
      }
      case SESSIONS -> throw new IllegalStateException(group.toString());
      case RETENTION ->
          retention.containsKey(group.name()) ? lateness.ofRetention(end) : Long.MIN_VALUE;
    };
  }

  /** The ends of the slices that are not needed any more at that watermark. */
  List<Long> closed(ViewGroup group, MapState<Long, SliceState> slices, long watermark)
      throws Exception {
    List<Long> closed = new ArrayList<>();
    for (Map.Entry<Long, SliceState> slice : slices.entries()) {
      if (Lateness.isOver(closes(group, slice.getValue().start(), slice.getKey()), watermark)) {
        closed.add(slice.getKey());
      }
    }
    return closed;
  }

  /** Tells of the rows that the slices with those ends are part of, but for closed windows. */
  void publish(
      ViewGroup group,
      TreeSet<Long> changed,
      MapState<Long, SliceState> slices,
      long watermark,
      Consumer<ViewRow> out)
      throws Exception {
    if (group.kind() == ViewGroup.Kind.SLICES) {
      publishWindows(group, changed, slices, watermark, out);
      return;
    }
    for (Long end : changed) {
      SliceState slice = slices.get(end);
      if (slice != null) {
        publish(group, slice, end, out);
      }
    }
  }

  private void publishWindows(
      ViewGroup group,
      TreeSet<Long> changed,
      MapState<Long, SliceState> slices,
      long watermark,
      Consumer<ViewRow> out)
      throws Exception {
    MetricDefinition metric = metrics.get(group.name());
    if (metric == null) {
      return;
    }
    Windows own = windows.get(group.name());
    TreeMap<Windows.Bounds, Boolean> affected =
        new TreeMap<>(
            java.util.Comparator.comparingLong(Windows.Bounds::start)
                .thenComparingLong(Windows.Bounds::end));
    for (Long end : changed) {
      SliceState slice = slices.get(end);
      if (slice != null) {
        own.forEachWindow(slice.start(), bounds -> affected.put(bounds, true));
      }
    }
    for (Windows.Bounds bounds : affected.keySet()) {
      if (!Lateness.isOver(lateness.ofWindow(bounds.end()), watermark)) {
        SliceState whole = merged(own, bounds, slices);
        if (whole != null) {
          out.accept(
              new ViewRow.MetricValue(
                  group.name(),
                  group.dimensions(),
                  bounds.start(),
                  bounds.end(),
                  Values.of(metric, whole.aggregate()),
                  whole.events(),
                  whole.events()));
        }
      }
    }
  }

  private static SliceState merged(
      Windows own, Windows.Bounds bounds, MapState<Long, SliceState> slices) throws Exception {
    List<Long> ends = new ArrayList<>();
    own.forEachSlice(bounds, start -> ends.add(own.sliceEnd(start)));
    SliceStateSerializer serializer = new SliceStateSerializer();
    SliceState whole = null;
    for (Long end : ends) {
      SliceState slice = slices.get(end);
      if (slice != null) {
        SliceState copy = serializer.copy(slice);
        if (whole == null) {
          whole = copy;
        } else {
          whole.aggregate().merge(copy.aggregate());
          whole = new SliceState(bounds.start(), whole.aggregate(), whole.events() + copy.events());
        }
      }
    }
    return whole;
  }

  private void publish(ViewGroup group, SliceState slice, long end, Consumer<ViewRow> out) {
    long start = slice.start();
    Counts counts = (Counts) slice.aggregate();
    switch (group.kind()) {
      case WINDOWS ->
          out.accept(
              new ViewRow.MetricValue(
                  group.name(),
                  group.dimensions(),
                  start,
                  end,
                  (double) counts.get(0),
                  slice.events(),
                  slice.events()));
      case FUNNEL -> publishFunnel(group.name(), start, slice.events(), counts, out);
      case RETENTION -> publishRetention(group.name(), start, slice.events(), counts, out);
      case SLICES, SESSIONS -> throw new IllegalStateException(group.toString());
    }
  }

  private void publishFunnel(
      String name, long start, long version, Counts counts, Consumer<ViewRow> out) {
    FunnelDefinition funnel = funnels.get(name);
    for (int step = 0; funnel != null && step < funnel.steps().size(); step++) {
      String stepName = funnel.steps().get(step).name();
      out.accept(new ViewRow.FunnelRow(name, start, step + 1, stepName, counts.get(step), version));
    }
  }

  private void publishRetention(
      String name, long start, long version, Counts counts, Consumer<ViewRow> out) {
    RetentionDefinition view = retention.get(name);
    long day = Instant.ofEpochMilli(start).atZone(config.zone()).toLocalDate().toEpochDay();
    for (int i = 0; view != null && i < view.periods().size(); i++) {
      String period = view.periods().get(i).toString();
      out.accept(
          new ViewRow.RetentionRow(name, day, period, counts.get(0), counts.get(i + 1), version));
    }
  }
}
