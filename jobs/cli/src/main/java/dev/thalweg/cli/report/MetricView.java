package dev.thalweg.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A metric in its newest windows.
 *
 * @param name its name
 * @param by names of its dimensions, empty if it has none
 * @param series by dimensions, those of most events first
 * @param allSeries how many there are with those that are left out
 * @param limited whether there are older windows
 */
public record MetricView(
    String name, List<String> by, List<Series> series, long allSeries, boolean limited) {

  /**
   * The values of the same dimensions.
   *
   * @param name the dimensions' values
   * @param events how many are in all its windows shown
   * @param values in order of their windows
   */
  public record Series(String name, long events, List<Value> values) {}

  /**
   * A value.
   *
   * @param window of which time
   * @param value empty where there is none, as of a mean of nothing
   * @param events how many are in it
   */
  public record Value(Window window, OptionalDouble value, long events) {}

  /**
   * A window.
   *
   * @param start its first moment
   * @param end the first one after it
   */
  public record Window(Instant start, Instant end) implements Comparable<Window> {
    @Override
    public int compareTo(Window other) {
      int byStart = start.compareTo(other.start);
      return byStart == 0 ? end.compareTo(other.end) : byStart;
    }

    /** How long it is. */
    public Duration length() {
      return Duration.between(start, end);
    }

    /** Whether events may still come, as far as the newest one tells. */
    public boolean isOpen(Optional<Instant> newestEvent) {
      return newestEvent.isPresent() && end.isAfter(newestEvent.get());
    }
  }

  /** Copies the lists. */
  public MetricView {
    by = List.copyOf(by);
    series = List.copyOf(series);
  }

  /** All windows of all series, in order. */
  public List<Window> windows() {
    return series.stream()
        .flatMap(each -> each.values().stream())
        .map(Value::window)
        .distinct()
        .sorted()
        .toList();
  }

  /** How many series are left out. */
  public long more() {
    return Math.max(0, allSeries - series.size());
  }

  /**
   * Without the values of windows that only repeat what is known so far: a cumulating window has a
   * value for every end, also for those that are yet to come.
   */
  MetricView until(Optional<Instant> newestEvent) {
    if (newestEvent.isEmpty() || WindowShape.of(windows()) != WindowShape.CUMULATING) {
      return this;
    }
    Optional<Instant> last =
        windows().stream()
            .map(Window::end)
            .filter(end -> !end.isBefore(newestEvent.get()))
            .min(Instant::compareTo);
    return last.map(this::endingBy).orElse(this);
  }

  private MetricView endingBy(Instant last) {
    List<Series> past =
        series.stream()
            .map(
                each ->
                    new Series(
                        each.name(),
                        each.events(),
                        each.values().stream()
                            .filter(value -> !value.window().end().isAfter(last))
                            .toList()))
            .toList();
    return new MetricView(name, by, past, allSeries, limited);
  }
}
