package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.FunnelStep;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelView;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelWindow;
import dev.thalweg.cli.report.chart.BarChart;
import dev.thalweg.cli.report.chart.BarChart.Bar;
import dev.thalweg.cli.report.chart.DisplayNumber;
import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.util.ArrayList;
import java.util.List;

/** A funnel as bars, one picture for each of its newest windows. */
final class FunnelFigure {
  private static final int PICTURES = 2;

  private final Times times;

  FunnelFigure(Times times) {
    this.times = times;
  }

  Markup markup(FunnelView funnel) {
    String about = "users by the window of their first step, " + times.zoneName();
    Figure figure = new Figure(DisplayText.cut(funnel.name(), HtmlTable.MOST_CHARACTERS), about);
    Markup windows = new Markup().open("div", "class", "pair");
    funnel.windows().stream()
        .limit(PICTURES)
        .forEach(window -> windows.add(picture(funnel.name(), window)));
    return figure.part(windows.close()).numbers("Numbers", numbers(funnel)).markup();
  }

  private Markup picture(String funnel, FunnelWindow window) {
    String name = DisplayText.cut(funnel, HtmlTable.MOST_CHARACTERS);
    BarChart chart = new BarChart(name + ", from " + times.full(window.start()), bars(window));
    return new Markup()
        .open("div")
        .element("h4", "from " + times.full(window.start()))
        .open("div", "class", "chart wide")
        .raw(chart.svg(Figure.HALF.width()))
        .close()
        .open("div", "class", "chart narrow")
        .raw(chart.svg(Figure.NARROW.width()))
        .close()
        .close();
  }

  private static List<Bar> bars(FunnelWindow window) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < window.steps().size(); i++) {
      FunnelStep step = window.steps().get(i);
      bars.add(new Bar(step.name(), step.users(), note(window, i), 0));
    }
    return bars;
  }

  private static String note(FunnelWindow window, int step) {
    if (step == 0) {
      return "";
    }
    String ofFirst = ofFirst(window, step) + " of first";
    return step == 1 ? ofFirst : ofFirst + " · " + ofBefore(window, step) + " of before";
  }

  private HtmlTable numbers(FunnelView funnel) {
    HtmlTable table =
        new HtmlTable(
            2, List.of("window", "step", "users", "of the first step", "of the one before"));
    for (FunnelWindow window : funnel.windows()) {
      for (int i = 0; i < window.steps().size(); i++) {
        FunnelStep step = window.steps().get(i);
        table.row(
            List.of(
                times.full(window.start()),
                step.name(),
                DisplayNumber.of(step.users()),
                ofFirst(window, i),
                i == 0 ? "" : ofBefore(window, i)));
      }
    }
    return table;
  }

  /** Which share of those that began came to a step. */
  static String ofFirst(FunnelWindow window, int step) {
    return DisplayNumber.share(window.steps().get(step).users(), window.steps().get(0).users());
  }

  /** Which share of those at the step before came to a step. */
  static String ofBefore(FunnelWindow window, int step) {
    return DisplayNumber.share(
        window.steps().get(step).users(), window.steps().get(step - 1).users());
  }
}
