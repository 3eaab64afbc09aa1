package dev.thalweg.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How the windows of a metric follow each other, as told by the windows themselves. */
enum WindowShape {
  /** One after the other. */
  TUMBLING("start of the window"),
  /** Each overlaps the next. */
  SLIDING("start of the window"),
  /** All of a period begin together. */
  CUMULATING("end of the window");

  private final String axis;

  WindowShape(String axis) {
    this.axis = axis;
  }

  /** Tells by windows in order. */
  static WindowShape of(List<MetricView.Window> windows) {
    WindowShape shape = TUMBLING;
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).start().equals(windows.get(i - 1).start())) {
        return CUMULATING;
      }
      if (windows.get(i).start().isBefore(windows.get(i - 1).end())) {
        shape = SLIDING;
      }
    }
    return shape;
  }

  /** What a chart shows across. */
  String axis() {
    return axis;
  }

  /** Where a chart shows a window. */
  Instant place(MetricView.Window window) {
    return this == CUMULATING ? window.end() : window.start();
  }

  /** How far apart neighbours are; of one window, its length. */
  Duration step(List<MetricView.Window> windows) {
    Duration step = Duration.ZERO;
    for (int i = 1; i < windows.size(); i++) {
      Duration distance = Duration.between(place(windows.get(i - 1)), place(windows.get(i)));
      boolean smaller = step.isZero() || distance.compareTo(step) < 0;
      step = distance.compareTo(Duration.ZERO) > 0 && smaller ? distance : step;
    }
    return step.isZero() && !windows.isEmpty() ? windows.get(0).length() : step;
  }
}
