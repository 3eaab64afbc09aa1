package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.metrics.aggregate.Counts;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What contributions and rows of sessions come to: all that a view shows in the end. */
final class TrackTotals implements Consumer<Contribution> {
  private final Map<String, long[]> counts = new TreeMap<>();
  private final Map<String, Long> events = new TreeMap<>();
  private final Map<String, SessionRow> sessions = new TreeMap<>();

  static String row(ViewGroup group, long start, long end) {
    return "%s %s %s [%d, %d)"
        .formatted(group.kind(), group.name(), group.dimensions(), start, end);
  }

  @Override
  public void accept(Contribution contribution) {
    String row = row(contribution.group(), contribution.start(), contribution.end());
    Counts change = (Counts) contribution.aggregate();
    long[] sums = counts.computeIfAbsent(row, key -> new long[101]);
    for (int i = 0; i < sums.length; i++) {
      sums[i] += change.get(i);
    }
    events.merge(row, contribution.events(), Long::sum);
  }

  /** As the table does: a removal deletes, a row replaces where its version is at least as high. */
  void accept(SessionRow row) {
    String key = row.subject() + " " + row.sessionStart();
    SessionRow before = sessions.get(key);
    if (before != null && before.version() > row.version()) {
      throw new AssertionError("back from " + before + " to " + row);
    }
    if (row.removed()) {
      sessions.remove(key);
    } else {
      sessions.put(key, row);
    }
  }

  /** By row, the counts without the zeros at their end; rows of zeros only are left out. */
  Map<String, String> counts() {
    Map<String, String> all = new TreeMap<>();
    counts.forEach(
        (row, sums) -> {
          int size = sums.length;
          while (size > 0 && sums[size - 1] == 0) {
            size--;
          }
          if (size > 0) {
            all.put(row, Arrays.toString(Arrays.copyOf(sums, size)));
          }
        });
    return all;
  }

  /** Versions of all rows but those of sessions. */
  Map<String, Long> versions() {
    return events;
  }

  /** Events behind the rows of metrics. */
  Map<String, Long> metricEvents() {
    Map<String, Long> all = new TreeMap<>(events);
    all.keySet().removeIf(row -> !row.startsWith("WINDOWS"));
    return all;
  }

  /** Subject, start, end and attributes of each session. */
  Map<String, String> sessions() {
    Map<String, String> all = new TreeMap<>();
    sessions.forEach(
        (key, row) -> all.put(key, row.sessionEnd() + " " + row.events() + " " + row.attributes()));
    return all;
  }
}
