package dev.thalweg.cli.report;

import dev.thalweg.cli.report.chart.DisplayText;
import dev.thalweg.cli.report.chart.Markup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The views as one HTML file that needs nothing else: no server, no script, no network. It is
 * well-formed XML too.
 */
public final class ViewsPage {
  private static final String STYLE = "page.css";

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
    Markup page =
        new Markup()
            .raw("<!DOCTYPE html>\n")
            .open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en", "dir", "ltr")
            .open("head")
            .empty("meta", "charset", "utf-8")
            .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .empty("meta", "name", "color-scheme", "content", "light dark")
            .element("title", title())
            .open("style")
            .raw(style())
            .close()
            .close()
            .open("body")
            .add(header())
            .open("main");
    sections().forEach(section -> page.add(section.markup()));
    return page.close()
        .element("footer", "Thalweg · " + views.schema() + " · all times are " + times.zoneName())
        .close()
        .close()
        .toString();
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

  private static String style() {
    try (InputStream css = ViewsPage.class.getResourceAsStream(STYLE)) {
      byte[] bytes = Objects.requireNonNull(css, STYLE).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
