package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.DuckDb.Expected;
import dev.thalweg.operators.metrics.RandomStream.Happening;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The views that the operators publish of 1,000 random streams are those that DuckDB finds. */
final class DuckDbViewsTest {
  private static final int STREAMS = 1_000;
  private static final int STREAMS_AT_ONCE = 100;

  /** In fewer streams a trap would be there by chance. */
  private static final int AT_LEAST = 20;

  /** A row as it was published. */
  private record Published(String detail, Double value, long events) {}

  @ParameterizedTest(name = "seeds from {0}")
  @ValueSource(longs = {0, 100, 200, 300, 400, 500, 600, 700, 800, 900})
  void viewsAreThoseThatDuckDbFinds(long first) throws Exception {
    List<RandomStream> streams =
        LongStream.range(first, first + STREAMS_AT_ONCE).mapToObj(RandomStream::of).toList();
    try (DuckDb judge = new DuckDb()) {
      judge.load(streams);
      Map<Long, Map<String, Expected>> views = judge.views();
      for (RandomStream stream : streams) {
        Map<String, Expected> expected = views.getOrDefault(stream.seed(), Map.of());
        assertThat(differences(expected, published(stream)))
            .as("rows that differ; seed %d, %s", stream.seed(), stream.config())
            .isEmpty();
      }
    }
  }

  /** What a check of random streams is worth, it is by what occurs in them. */
  @Test
  void streamsHoldEveryTrap() {
    Map<Traps, Integer> streams = new EnumMap<>(Traps.class);
    for (long seed = 0; seed < STREAMS; seed++) {
      for (Traps trap : Traps.of(RandomStream.of(seed))) {
        streams.merge(trap, 1, Integer::sum);
      }
    }
    assertThat(streams).containsOnlyKeys(Traps.values());
    assertThat(streams.values()).as("%s", streams).allMatch(each -> each >= AT_LEAST);
  }

  private static List<String> differences(
      Map<String, Expected> expected, Map<String, Published> published) {
    TreeSet<String> rows = new TreeSet<>(expected.keySet());
    rows.addAll(published.keySet());
    return rows.stream()
        .filter(row -> !agree(expected.get(row), published.get(row)))
        .map(row -> row + ": " + expected.get(row) + " but was " + published.get(row))
        .toList();
  }

  private static boolean agree(Expected expected, Published row) {
    if (expected == null || row == null) {
      return false;
    }
    boolean isValue =
        expected.least() == null || row.value() == null
            ? Objects.equals(expected.least(), row.value())
            : expected.least() <= row.value() && row.value() <= expected.greatest();
    return isValue && expected.detail().equals(row.detail()) && expected.events() == row.events();
  }

  /**
   * Rows after all events, in the order of the stream. The watermark goes as far as the lateness
   * still allows all that is to come; barriers come in between.
   */
  private static Map<String, Published> published(RandomStream stream) throws Exception {
    Random random = new Random(stream.seed());
    long lateness = stream.config().lateness().toMillis();
    List<Happening> events = stream.events();
    Map<String, Published> rows = new TreeMap<>();
    try (OperatorChain chain = new OperatorChain(stream.config())) {
      for (int i = 0; i < events.size(); i++) {
        chain.process(events.get(i).canonical());
        if (random.nextInt(8) == 0) {
          chain.watermark(earliest(events.subList(i, events.size())) + lateness);
        } else if (random.nextInt(8) == 0) {
          chain.barrier();
        }
      }
      chain.end();
      chain.rows().forEach(row -> add(row, rows));
    }
    return rows;
  }

  private static long earliest(List<Happening> events) {
    return events.stream().mapToLong(Happening::time).min().orElseThrow();
  }

  private static void add(ViewRow row, Map<String, Published> rows) {
    if (row instanceof ViewRow.MetricValue value) {
      String id =
          "metric %s %s %d/%d"
              .formatted(
                  value.metric(), value.dimensions(), value.windowStart(), value.windowEnd());
      rows.put(id, new Published("", value.value(), value.events()));
    } else if (row instanceof ViewRow.SessionValue session) {
      add(session.value(), rows);
    } else if (row instanceof ViewRow.SessionRow session) {
      String detail = session.sessionEnd() + " " + session.attributes();
      String id = "session " + session.subject() + " " + session.sessionStart();
      rows.put(id, new Published(detail, 0.0, session.events()));
    } else if (row instanceof ViewRow.FunnelRow funnel) {
      String id = "funnel %s %d %d".formatted(funnel.funnel(), funnel.windowStart(), funnel.step());
      rows.put(id, new Published(funnel.stepName(), (double) funnel.users(), 0));
    } else if (row instanceof ViewRow.RetentionRow retention) {
      String id =
          "retention %s %d %s"
              .formatted(retention.name(), retention.cohortStart(), retention.period());
      String detail = "of " + retention.cohortUsers();
      rows.put(id, new Published(detail, (double) retention.retainedUsers(), 0));
    }
  }
}
