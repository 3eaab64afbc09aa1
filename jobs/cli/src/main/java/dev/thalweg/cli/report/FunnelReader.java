package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.FunnelStep;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelView;
import dev.thalweg.cli.report.ViewsSnapshot.FunnelWindow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the newest windows of funnels. */
final class FunnelReader {
  private static final String FUNNELS =
      """
      select funnel, window_start, step_name, users
      from (select *, dense_rank() over (partition by funnel order by window_start desc) as age from funnels) ranked
      where age <= 14 order by funnel, window_start desc, step limit 5000
      """;

  private final ViewQueries queries;

  FunnelReader(ViewQueries queries) {
    this.queries = queries;
  }

  List<FunnelView> read() throws SQLException {
    Map<String, Map<Instant, List<FunnelStep>>> funnels = new LinkedHashMap<>();
    queries.list(
        FUNNELS,
        row -> {
          Instant start = ViewQueries.time(row, 2);
          return funnels
              .computeIfAbsent(row.getString(1), name -> new TreeMap<>(Collections.reverseOrder()))
              .computeIfAbsent(start, first -> new ArrayList<>())
              .add(new FunnelStep(row.getString(3), row.getLong(4)));
        });
    return funnels.entrySet().stream()
        .map(funnel -> new FunnelView(funnel.getKey(), windows(funnel.getValue())))
        .toList();
  }

  private static List<FunnelWindow> windows(Map<Instant, List<FunnelStep>> steps) {
    return steps.entrySet().stream()
        .map(window -> new FunnelWindow(window.getKey(), window.getValue()))
        .toList();
  }
}
