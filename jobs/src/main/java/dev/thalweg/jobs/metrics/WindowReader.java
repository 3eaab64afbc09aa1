package dev.thalweg.jobs.metrics;

import dev.thalweg.jobs.config.YamlMap;
import dev.thalweg.operators.metrics.WindowSpec;
import java.time.Duration;
import java.util.List;

/** Reads windows, such as {@code {sliding: 1h, every: 5m}}. */
final class WindowReader {
  private static final String KEY = "window";
  private static final String TUMBLING = "tumbling";
  private static final String SLIDING = "sliding";
  private static final String CUMULATING = "cumulating";
  private static final String SESSION = "session";
  private static final String EVERY = "every";

  private WindowReader() {}

  /** Takes {@code window}; null where something is wrong, which is noted. */
  static WindowSpec read(YamlMap map) {
    map.take(KEY);
    YamlMap window = map.map(KEY).orElse(null);
    if (window == null || !window.isMap()) {
      return null;
    }
    List<String> kinds =
        List.of(TUMBLING, SLIDING, CUMULATING, SESSION).stream().filter(window::has).toList();
    if (kinds.size() != 1) {
      map.refuse(
          KEY,
          "must be one of {tumbling: 10m}, {sliding: 1h, every: 5m}, {cumulating: 1d, every: 5m} or {session: 30m}");
      return null;
    }
    String kind = kinds.get(0);
    Duration size = window.duration(kind);
    boolean inParts = kind.equals(SLIDING) || kind.equals(CUMULATING);
    Duration every = inParts ? window.duration(EVERY) : Duration.ZERO;
    window.refuseOthers();
    return size == null || every == null ? null : window.built(() -> spec(kind, size, every));
  }

  /** Takes a {@code window} that must be tumbling. */
  static WindowSpec.Tumbling readTumbling(YamlMap map) {
    WindowSpec window = read(map);
    if (window == null || window instanceof WindowSpec.Tumbling) {
      return (WindowSpec.Tumbling) window;
    }
    map.refuse(KEY, "must be tumbling here, such as {tumbling: 1d}");
    return null;
  }

  private static WindowSpec spec(String kind, Duration size, Duration every) {
    return switch (kind) {
      case TUMBLING -> new WindowSpec.Tumbling(size);
      case SESSION -> new WindowSpec.Session(size);
      case SLIDING -> new WindowSpec.Sliding(size, every);
      default -> new WindowSpec.Cumulating(size, every);
    };
  }
}
