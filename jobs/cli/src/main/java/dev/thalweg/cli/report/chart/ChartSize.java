package dev.thalweg.cli.report.chart;

/**
 * How large a chart is drawn, in pixels.
 *
 * @param width from left to right
 * @param height from top to bottom
 */
public record ChartSize(int width, int height) {
  /** Refuses what has no room for axes. */
  public ChartSize {
    if (width < 120 || height < 80) {
      throw new IllegalArgumentException(width + "x" + height + ": at least 120x80");
    }
  }

  /** Begins a picture of this size that a screen reader announces by its title. */
  Markup begin(String title) {
    return begin(title, "");
  }

  /** Begins a picture that a screen reader announces by its title and describes in words. */
  Markup begin(String title, String description) {
    Markup svg = open(title);
    return description.isEmpty() ? svg : svg.element("desc", description);
  }

  private Markup open(String title) {
    return new Markup()
        .open(
            "svg",
            "xmlns",
            "http://www.w3.org/2000/svg",
            "viewBox",
            "0 0 " + width + " " + height,
            "role",
            "img",
            "aria-label",
            title)
        .element("title", title);
  }
}
