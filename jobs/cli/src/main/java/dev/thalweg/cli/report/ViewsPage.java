package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The views as one HTML file that needs nothing else: no server, no script, no network. It is
 * well-formed XML too.
 */
public final class ViewsPage {
  private final ViewsSnapshot views;
  private final Instant now;
  private final Times times;

  private ViewsPage(ViewsSnapshot views, Instant now) {
    this.views = views;
    this.now = now;
    this.times = new Times(views.zone());
  }

  /** The page of a snapshot that was taken at that time. */
  public static String html(ViewsSnapshot views, Instant now) {
    return new ViewsPage(views, now).html();
  }

  private String html() {
    Markup main = new Markup();
    sections().forEach(section -> main.add(section.markup()));
    return HtmlPage.of(
        title(),
        header(),
        main,
        "Thalweg · " + views.schema() + " · all times are " + times.zoneName());
  }

  private String title() {
    String deployment = views.deployment();
    return deployment.isEmpty() ? "Views" : "Views of " + DisplayText.cut(deployment, 40);
  }

  private Markup header() {
    String newest = views.newestEvent().map(times::full).orElse("none yet");
    String zone = " " + times.zoneName();
    Markup header =
        new Markup()
            .open("header")
            .element("p", "Thalweg", "class", "brand")
            .element("h1", title())
            .open("p", "class", "when")
            .text("as they were on ")
            .element("time", times.full(now) + zone, "datetime", now.toString())
            .text(" · newest event " + newest + " · ")
            .text(views.deployment().isEmpty() ? "the only deployment" : "deployment ")
            .element("b", views.deployment())
            .text(", schema ")
            .element("code", views.schema())
            .close()
            .open("nav");
    for (PageSection section : sections()) {
      header.element("a", section.title(), "href", "#" + section.id());
    }
    return header.close().close();
  }

  private List<PageSection> sections() {
    Optional<Instant> newest = views.newestEvent();
    LedgerCards ledgers = new LedgerCards(times);
    FunnelFigure funnels = new FunnelFigure(times);
    RetentionFigure retention = new RetentionFigure(newest, times);
    return List.of(
        PageSection.of("ledger", "Ledger", views.ledgers(), ledgers::markup),
        PageSection.of(
            "metrics",
            "Metrics",
            views.metrics(),
            metric -> new MetricFigure(metric, newest, times).markup()),
        PageSection.of("funnels", "Funnels", views.funnels(), funnels::markup),
        PageSection.of("retention", "Retention", views.retention(), retention::markup),
        PageSection.of(
            "sessions",
            "Sessions",
            views.sessions().count() == 0 ? List.of() : List.of(views.sessions()),
            new SessionFigure()::markup),
        PageSection.of(
            "dead-letters",
            "Dead letters",
            views.deadLetters().isEmpty() ? List.of() : List.of(views.deadLetters()),
            new DeadLetterFigure()::markup));
  }
}
