package dev.thalweg.cli.report;

import static dev.thalweg.cli.report.TestViews.metric;
import static dev.thalweg.cli.report.TestViews.tumbling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.report.ViewsSnapshot.FunnelView;
import dev.thalweg.cli.report.ViewsSnapshot.RetentionView;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewsTableTest {

  @Test
  void showsEachViewInAFewLines() {
    assertThat(ViewsTable.lines(TestViews.named("n")))
        .containsExactly(
            "metrics, times in UTC",
            "metric  by  window               value  before",
            "------  --  -----------------  -------  ------",
            "n       n   2 Mar 12:20–12:30        3       –",
            "        n                            –       4",
            "n           2 Mar 12:20–12:30        3       –",
            "n       n   2 Mar 12:00–12:10  1,234.5       –",
            "        n                           -7       –",
            "",
            "funnels",
            "funnel  window from        step  users  of first  of before",
            "------  -----------------  ----  -----  --------  ---------",
            "n       2 Mar 2026, 12:00  n       200   100.0 %",
            "                           n       100    50.0 %     50.0 %",
            "                           n        25    12.5 %     25.0 %",
            "",
            "retention",
            "retention  cohort      users  came back",
            "---------  ----------  -----  ---------------",
            "n          1 Mar 2026     50  D1 40.0 %, D7 –",
            "",
            "1,000 sessions: median 2 min 34 s and 8 events; 95 % at most 30 min 14 s and 37 events");
  }

  @Test
  void nothingIsNoLines() {
    assertThat(ViewsTable.lines(TestViews.empty())).isEmpty();
  }

  @Test
  void fitsOnAScreenWhateverThereIs() {
    MetricView metric =
        metric(
            "m",
            List.of("k"),
            IntStream.range(0, 8)
                .mapToObj(i -> tumbling("s" + i, 1.0, 2.0))
                .toArray(MetricView.Series[]::new));
    ViewsSnapshot one = TestViews.named("\u001b[31m" + "x".repeat(5000));
    FunnelView funnel = one.funnels().get(0);
    RetentionView retention =
        new RetentionView(
            "r",
            one.retention().get(0).periods(),
            Collections.nCopies(31, one.retention().get(0).cohorts().get(0)));
    ViewsSnapshot many =
        new ViewsSnapshot(
            one.schema(),
            one.zone(),
            one.newestEvent(),
            one.ledgers(),
            Collections.nCopies(50, metric),
            Collections.nCopies(9, funnel),
            Collections.nCopies(9, retention),
            one.sessions(),
            one.deadLetters());

    assertThat(ViewsTable.lines(many))
        .hasSizeLessThanOrEqualTo(40)
        .allMatch(line -> line.length() <= 160)
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void seriesWithoutRoomAreCounted() {
    MetricView metric =
        new MetricView(
            "m",
            List.of("k"),
            IntStream.range(0, 8).mapToObj(i -> tumbling("s" + i, 1.0, 2.0)).toList(),
            1993,
            false);
    ViewsSnapshot views =
        new ViewsSnapshot(
            "views",
            TestViews.UTC,
            TestViews.empty().newestEvent(),
            List.of(),
            List.of(metric),
            List.of(),
            List.of(),
            TestViews.empty().sessions(),
            List.of());

    assertThat(ViewsTable.lines(views)).last().asString().contains("1,990 more");
  }
}
