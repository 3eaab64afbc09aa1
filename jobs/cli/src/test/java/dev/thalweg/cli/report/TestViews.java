package dev.thalweg.cli.report;

import dev.thalweg.cli.check.LedgerRow;
import dev.thalweg.cli.report.MetricView.Series;
import dev.thalweg.cli.report.MetricView.Value;
import dev.thalweg.cli.report.MetricView.Window;
import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import dev.thalweg.cli.report.ViewsSnapshot.DeadLetters;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelStep;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelView;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelWindow;
import dev.thalweg.cli.report.ViewsSnapshot.JobLedger;
import dev.thalweg.cli.report.ViewsSnapshot.LengthClass;
import dev.thalweg.cli.report.ViewsSnapshot.RetentionView;
import dev.thalweg.cli.report.ViewsSnapshot.SessionSummary;
import dev.thalweg.cli.report.ViewsSnapshot.Spread;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up views around noon of 2 March 2026. */
final class TestViews {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  static final ZoneId UTC = ZoneId.of("UTC");

  private TestViews() {}

  static Window window(int startMinute, int endMinute) {
    return new Window(NOON.plusSeconds(60L * startMinute), NOON.plusSeconds(60L * endMinute));
  }

  static Value value(int startMinute, int endMinute, double value) {
    return new Value(window(startMinute, endMinute), OptionalDouble.of(value), 1);
  }

  /** Windows of ten minutes, one after the other; null is no value. */
  static Series tumbling(String name, Double... values) {
    List<Value> windows = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      OptionalDouble value =
          values[i] == null ? OptionalDouble.empty() : OptionalDouble.of(values[i]);
      windows.add(new Value(window(10 * i, 10 * i + 10), value, 1));
    }
    return new Series(name, values.length, windows);
  }

  static MetricView metric(String name, List<String> by, Series... series) {
    return new MetricView(name, by, List.of(series), series.length, false);
  }

  static ViewsSnapshot empty() {
    return new ViewsSnapshot(
        "views",
        UTC,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new SessionSummary(0, false, new Spread(0, 0, 0), new Spread(0, 0, 0), List.of()),
        List.of());
  }

  /** Views whose every name is that text. */
  static ViewsSnapshot named(String text) {
    return new ViewsSnapshot(
        "shop_views",
        UTC,
        Optional.of(NOON.plusSeconds(1900)),
        List.of(
            new JobLedger(
                text,
                text,
                4,
                new LedgerRow(60_000, 58_167, 1238, 0, 595),
                true,
                Optional.of(NOON))),
        List.of(
            metric(text, List.of(text), tumbling(text, 1.0, null, 3.0), tumbling(text, 2.0, 4.0)),
            metric(text, List.of(), tumbling("all", 1.0, null, 3.0, 4.0)),
            metric(text, List.of(text), tumbling(text, 1234.5), tumbling(text, -7.0))),
        List.of(
            new FunnelView(
                text,
                List.of(
                    new FunnelWindow(
                        NOON,
                        List.of(
                            new FunnelStep(text, 200),
                            new FunnelStep(text, 100),
                            new FunnelStep(text, 25)))))),
        List.of(
            new RetentionView(
                text,
                List.of(RetentionPeriod.of("D1"), RetentionPeriod.of("D7")),
                List.of(new Cohort(LocalDate.of(2026, 3, 1), 50, Map.of("D1", 20L, "D7", 0L))))),
        new SessionSummary(
            1000,
            false,
            new Spread(154, 1814, 80_000),
            new Spread(8, 37, 3600),
            List.of(new LengthClass("1 s", 400), new LengthClass("10 s", 600))),
        List.of(new DeadLetters(text, text, text, 12)));
  }
}
