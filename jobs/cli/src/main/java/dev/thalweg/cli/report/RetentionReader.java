package dev.thalweg.cli.report;

import dev.thalweg.cli.report.ViewsSnapshot.Cohort;
import dev.thalweg.cli.report.ViewsSnapshot.RetentionView;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the newest cohorts of retention views. */
final class RetentionReader {
  private static final String RETENTION =
      """
      select name, cohort_start, period, cohort_users, retained_users
      from (select *, dense_rank() over (partition by name order by cohort_start desc) as age from retention) ranked
      where age <= 31 order by name, cohort_start desc, period limit 20000
      """;

  private final ViewQueries queries;

  RetentionReader(ViewQueries queries) {
    this.queries = queries;
  }

  List<RetentionView> read() throws SQLException {
    Map<String, List<Row>> rows = new LinkedHashMap<>();
    queries.list(
        RETENTION,
        row ->
            rows.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(
                    new Row(
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5))));
    return rows.entrySet().stream().map(view -> view(view.getKey(), view.getValue())).toList();
  }

  private static RetentionView view(String name, List<Row> rows) {
    Map<LocalDate, Cohort> cohorts = new LinkedHashMap<>();
    for (Row row : rows) {
      cohorts
          .computeIfAbsent(row.start(), start -> new Cohort(start, row.users(), new HashMap<>()))
          .retained()
          .put(row.period(), row.retained());
    }
    List<RetentionPeriod> periods =
        rows.stream()
            .map(Row::period)
            .distinct()
            .map(RetentionPeriod::of)
            .sorted(RetentionPeriod.BY_LENGTH)
            .toList();
    return new RetentionView(name, periods, List.copyOf(cohorts.values()));
  }

  private record Row(LocalDate start, String period, long users, long retained) {}
}
