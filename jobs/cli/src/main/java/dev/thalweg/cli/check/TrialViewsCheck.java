package dev.thalweg.cli.check;

import dev.thalweg.cli.Waiting;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.schemas.ContractCatalog;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Compares the further views of a trial with what the committed events say, and the topic of values
 * with their table.
 */
public final class TrialViewsCheck {
  private static final String REVENUE =
      "select (extract(epoch from window_start) * 1000)::bigint || ' ' || (dimensions ->> 'currency'), value::bigint from views.metric_values where metric = 'revenue_per_hour'";
  private static final String VIEWS =
      "select (extract(epoch from window_start) * 1000)::bigint::text, value::bigint from views.metric_values where metric = 'views_last_hour'";
  private static final String FUNNEL =
      "select (extract(epoch from window_start) * 1000)::bigint || ' ' || step, users from views.funnels where funnel = 'purchase'";
  private static final String RETAINED =
      "select cohort_start || ' ' || period, retained_users from views.retention where name = 'buyers' union select cohort_start || ' users', cohort_users from views.retention where name = 'buyers'";

  private final PostgresAddress postgres;
  private final ValuesTopic topic;
  private final TrialTruth truth;

  /** Compares that database and that topic, whose job must have read exactly these events. */
  public TrialViewsCheck(
      PostgresAddress postgres,
      KafkaConnection kafka,
      String values,
      ContractCatalog catalog,
      TrialTruth truth) {
    this.postgres = postgres;
    this.topic = new ValuesTopic(kafka, values, catalog);
    this.truth = truth;
  }

  /** Every difference that is still there when {@code patience} is over; empty if there is none. */
  public List<String> await(Duration patience) throws SQLException {
    Waiting.until(this::agrees, patience);
    return differences();
  }

  private boolean agrees() {
    try {
      return differences().isEmpty();
    } catch (SQLException e) {
      // The database may be starting; the last look tells.
      return false;
    }
  }

  private List<String> differences() throws SQLException {
    RowComparison comparison = new RowComparison(postgres);
    if (Stream.of(truth.revenue(), truth.views(), truth.funnel(), truth.retained())
        .anyMatch(Map::isEmpty)) {
      comparison.note("there are too few events to compare all views");
    }
    comparison.compareCounts("revenue_per_hour", truth.revenue(), REVENUE);
    comparison.compareCounts("views_last_hour", truth.views(), VIEWS);
    comparison.compareCounts("funnel", truth.funnel(), FUNNEL);
    comparison.compareCounts("retention", truth.retained(), RETAINED);
    comparison.compare("topic of values", ValuesTopic.table(postgres), topic.latest());
    return comparison.differences();
  }
}
