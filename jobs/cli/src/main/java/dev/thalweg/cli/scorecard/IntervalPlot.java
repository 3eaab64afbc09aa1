package dev.thalweg.cli.scorecard;

import dev.thalweg.cli.report.chart.Scale;
import dev.thalweg.cli.report.chart.ValueAxis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Intervals in the terminal, one line for each on a common axis, which is below them. */
final class IntervalPlot {
  private static final int STEPS = 4;
  private static final int SHORTEST = 12;
  private static final String GAP = "  ";

  private final Glyphs glyphs;
  private final Function<Double, String> label;
  private final List<Double> tolerances;
  private final List<Line> lines = new ArrayList<>();

  private record Line(String name, Optional<EffectRange> range, String said) {}

  /**
   * A plot without lines.
   *
   * @param label of a place on the axis
   * @param tolerances what is marked on every line
   */
  IntervalPlot(Glyphs glyphs, Function<Double, String> label, List<Double> tolerances) {
    this.glyphs = glyphs;
    this.label = label;
    this.tolerances = List.copyOf(tolerances);
  }

  /** Adds a line: its name, its interval if it is known, and what is said beside it. */
  IntervalPlot line(String name, Optional<EffectRange> range, String said) {
    lines.add(new Line(name, range, said));
    return this;
  }

  /** All lines, none of them longer than that; none where no interval is known. */
  List<String> lines(int width) {
    List<EffectRange> known = lines.stream().flatMap(line -> line.range().stream()).toList();
    if (known.isEmpty()) {
      return List.of();
    }
    List<Double> shown =
        Stream.concat(
                known.stream()
                    .flatMap(range -> Stream.of(range.low(), range.estimate(), range.high())),
                tolerances.stream())
            .toList();
    ValueAxis axis = ValueAxis.fromZero(shown, STEPS);
    int names = longest(lines.stream().map(Line::name));
    int said = longest(lines.stream().map(Line::said));
    int plot = Math.max(SHORTEST, width - names - said - 2 * GAP.length());
    Scale scale = axis.scale(0, plot - 1);
    List<String> text = new ArrayList<>();
    for (Line line : lines) {
      text.add(
          (padded(line.name(), names) + GAP + drawn(line.range(), scale) + GAP + line.said())
              .stripTrailing());
    }
    text.add((" ".repeat(names) + GAP + labels(axis, scale, plot)).stripTrailing());
    return text;
  }

  private String drawn(Optional<EffectRange> range, Scale scale) {
    char[] cells = new char[(int) scale.end() + 1];
    Arrays.fill(cells, ' ');
    int zero = place(scale, 0);
    cells[zero] = glyphs.zero();
    range.ifPresent(
        known -> {
          int low = place(scale, known.low());
          int high = place(scale, known.high());
          Arrays.fill(cells, low, high + 1, glyphs.bar());
          if (zero > low && zero < high) {
            cells[zero] = glyphs.zeroOnBar();
          }
          cells[low] = glyphs.low();
          cells[high] = glyphs.high();
        });
    tolerances.forEach(tolerance -> cells[place(scale, tolerance)] = glyphs.tolerance());
    range.ifPresent(known -> cells[place(scale, known.estimate())] = glyphs.estimate());
    return new String(cells);
  }

  /** As many as there is room for; that of 0 always. */
  private String labels(ValueAxis axis, Scale scale, int plot) {
    char[] cells = new char[plot];
    Arrays.fill(cells, ' ');
    write(cells, label.apply(0.0), place(scale, 0));
    for (double tick : axis.ticks()) {
      write(cells, label.apply(tick), place(scale, tick));
    }
    return new String(cells);
  }

  /** Writes around a place unless something is there. */
  private static void write(char[] cells, String text, int place) {
    int start = Math.max(0, Math.min(cells.length - text.length(), place - text.length() / 2));
    int end = start + text.length();
    for (int i = Math.max(0, start - 1); i < Math.min(cells.length, end + 1); i++) {
      if (cells[i] != ' ') {
        return;
      }
    }
    if (end <= cells.length) {
      text.getChars(0, text.length(), cells, start);
    }
  }

  private static int place(Scale scale, double value) {
    return (int) Math.round(scale.at(value));
  }

  private static int longest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
