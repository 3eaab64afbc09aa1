package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows and state when other metrics are declared across a savepoint. */
final class MetricsChangeTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final int EVENTS = 1000;
  private static final String KEPT =
      "{name: kept, kind: count, events: all, by: [event_type], window: {tumbling: 1h}}";
  private static final String KEPT_USERS =
      "{name: kept_users, kind: unique, events: all, window: {tumbling: 1d}}";
  private static final String GONE =
      "{name: gone, kind: count, events: all, by: [event_type], window: {tumbling: 1h}}";
  private static final String FRESH =
      "{name: fresh, kind: count, events: all, by: [event_type], window: {tumbling: 1h}}";
  private static final String KEPT_OTHERWISE =
      "{name: kept, kind: count, events: [order_placed], by: [event_type], window: {tumbling: 1h}}";

  @TempDir private Path directory;

  private Path declared(String... metrics) throws IOException {
    String file =
        "metrics:\n  lateness: 48h\n  emit: 20ms\n  sessions: {gap: 30m}\n  funnels: []\n  retention: []\n  definitions:\n    - "
            + String.join("\n    - ", metrics)
            + "\n";
    return Files.writeString(Files.createTempFile(directory, "metrics", ".yaml"), file);
  }

  /** Sends a share of the events of each partition; answers which. */
  private static List<byte[]> send(
      MetricsKafkaTrial trial, List<List<RawRecord>> partitions, double from, double to) {
    List<byte[]> sent = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      int size = partitions.get(i).size();
      List<byte[]> part =
          partitions.get(i).subList((int) (from * size), (int) (to * size)).stream()
              .map(RawRecord::value)
              .toList();
      trial.send(i, part);
      sent.addAll(part);
    }
    return sent;
  }

  /** Rows of a metric, with their versions. */
  private static List<Map<String, Object>> rows(MetricsKafkaTrial trial, String metric) {
    return trial.query(
        "select dimensions::text, window_start, window_end, value, events, version from metric_values where metric = '%s' order by 1, 2"
            .formatted(metric));
  }

  private static Map<String, Long> values(MetricsKafkaTrial trial, String metric) {
    return trial
        .query(
            "select (extract(epoch from window_start) * 1000)::bigint || coalesce(' ' || (dimensions ->> 'event_type'), '') as k, value::bigint as n from metric_values where metric = '%s'"
                .formatted(metric))
        .stream()
        .collect(
            Collectors.toMap(
                row -> (String) row.get("k"), row -> (Long) row.get("n"), Long::sum, TreeMap::new));
  }

  private interface Counting {
    void add(EventCursor event, Instant time);
  }

  private static void forEach(List<byte[]> events, Counting counting) {
    CanonicalReader reader = new CanonicalReader(TestEvents.catalog());
    for (byte[] value : events) {
      EventCursor event = reader.read(value);
      counting.add(event, Instant.ofEpochMilli(event.longValue(CoreFields.EVENT_TIME)));
    }
  }

  private static Map<String, Long> byHourAndType(List<byte[]> events) {
    Map<String, Long> counts = new TreeMap<>();
    forEach(
        events,
        (event, time) ->
            counts.merge(
                time.truncatedTo(ChronoUnit.HOURS).toEpochMilli() + " " + event.contract().type(),
                1L,
                Long::sum));
    return counts;
  }

  private static Map<String, Long> usersByDay(List<byte[]> events) {
    Map<String, Set<String>> users = new TreeMap<>();
    forEach(
        events,
        (event, time) ->
            users
                .computeIfAbsent(
                    "" + time.truncatedTo(ChronoUnit.DAYS).toEpochMilli(), day -> new HashSet<>())
                .add(event.text(CoreFields.USER_ID)));
    Map<String, Long> counts = new TreeMap<>();
    users.forEach((day, who) -> counts.put(day, (long) who.size()));
    return counts;
  }

  private static List<String> topicOf(MetricsKafkaTrial trial, String metric) {
    return MetricRows.ofTopic(trial).entrySet().stream()
        .filter(row -> row.getKey().startsWith(metric + " "))
        .map(Object::toString)
        .toList();
  }

  @Test
  void metricsComeAndGoAndDoNotComeBack() throws Exception {
    MetricsKafkaTrial trial = new MetricsKafkaTrial(FLINK, KAFKA, POSTGRES, "changes", directory);
    List<List<RawRecord>> partitions =
        new MetricsStream(EVENTS, 3).shuffled(1, Duration.ofHours(48));
    List<byte[]> all = new ArrayList<>(send(trial, partitions, 0, 0.5));
    Path first = declared(KEPT, GONE, KEPT_USERS);
    trial.start(2, first);
    trial.awaitConsumed(all.size());
    String before = trial.stop();
    List<Map<String, Object>> gone = rows(trial, "gone");
    List<String> goneInTopic = topicOf(trial, "gone");
    assertThat(values(trial, "gone")).isEqualTo(byHourAndType(all));

    List<byte[]> second = send(trial, partitions, 0.5, 1);
    all.addAll(second);
    trial.start(2, declared(FRESH, KEPT_USERS, KEPT));
    trial.awaitConsumed(all.size());
    trial.stop();
    assertThat(rows(trial, "gone")).isEqualTo(gone);
    assertThat(topicOf(trial, "gone")).isEqualTo(goneInTopic).hasSameSizeAs(gone);
    assertThat(values(trial, "fresh")).isEqualTo(byHourAndType(second));
    assertThat(values(trial, "kept")).isEqualTo(byHourAndType(all));
    assertThat(values(trial, "kept_users")).isEqualTo(usersByDay(all));

    assertThat(trial.startRefused(2, declared(FRESH, KEPT_USERS, KEPT_OTHERWISE)))
        .hasMessageStartingWith("metric kept was 'count of all events by [event_type]");
    assertThat(trial.startRefused(2, declared(FRESH, KEPT_USERS, KEPT, GONE)))
        .hasMessageStartingWith("metric gone was removed before");
    assertThat(rows(trial, "gone")).isEqualTo(gone);

    trial.goOnFrom(before);
    trial.start(2, first);
    trial.awaitConsumed(all.size());
    assertThat(values(trial, "gone")).isEqualTo(byHourAndType(all));
    assertThat(values(trial, "kept")).isEqualTo(byHourAndType(all));
    assertThat(values(trial, "kept_users")).isEqualTo(usersByDay(all));
  }
}
