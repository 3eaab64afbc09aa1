package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.ViewRow.FunnelRow;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is printed of views. */
final class ViewsReportTest {
  private static final long NOON = 1_793_534_400_000L;
  private static final long HOUR = 3_600_000;
  private static final int HOURS = 25;

  private final TrialViews views = new TrialViews();

  private void addHours(String metric) {
    for (int i = 0; i < HOURS; i++) {
      long start = NOON + i * HOUR;
      views.apply(new MetricValue(metric, "{}", start, start + HOUR, i + 0.5, 3, 3));
    }
  }

  private List<String> printed(boolean csv) {
    var bytes = new ByteArrayOutputStream();
    new ViewsReport(views).print(new PrintStream(bytes, true, StandardCharsets.UTF_8), csv);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static long count(List<String> lines, String metric) {
    return lines.stream().filter(line -> line.startsWith(metric)).count();
  }

  @Test
  void firstRowsOfEachMetricAreShown() {
    addHours("more");
    addHours("some");
    views.apply(new MetricValue("few", "{}", NOON, NOON + HOUR, 7.0, 7, 7));
    List<String> lines = printed(false);
    assertThat(lines.get(1))
        .isEqualTo("metric_values: the first 20 of each metric; 10 more with --csv");
    assertThat(count(lines, "more ")).isEqualTo(20);
    assertThat(count(lines, "some ")).isEqualTo(20);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line.split(" +"))
                    .containsExactly(
                        "few", "{}", "2026-11-01T12:00:00Z", "2026-11-01T13:00:00Z", "7", "7"));
    assertThat(lines).noneMatch(line -> line.contains("24.5"));
  }

  @Test
  void csvHasAllRows() {
    addHours("more");
    views.apply(new FunnelRow("purchase", NOON, 1, "view", 12, 12));
    views.apply(new SessionRow("u,1", NOON, NOON + HOUR, 4, "{}", false, 4));
    List<String> lines = printed(true);
    assertThat(count(lines, "more,")).isEqualTo(HOURS);
    assertThat(lines)
        .containsSubsequence(
            "metric,dimensions,window_start,window_end,value,events",
            "more,{},2026-11-02T12:00:00Z,2026-11-02T13:00:00Z,24.5,3",
            "",
            "funnel,window_start,step,step_name,users",
            "purchase,2026-11-01T12:00:00Z,1,view,12",
            "",
            "subject,session_start,session_end,events,attributes",
            "\"u,1\",2026-11-01T12:00:00Z,2026-11-01T13:00:00Z,4,{}");
  }

  @Test
  void lateEventsAreToldInTheEnd() {
    addHours("more");
    assertThat(printed(false)).noneMatch(line -> line.startsWith("late"));
    views.late(5);
    assertThat(printed(false)).endsWith("late: 5 events that every metric dropped");
  }

  @Test
  void nothingIsPrintedOfNoViews() {
    assertThat(printed(false)).isEmpty();
  }
}
