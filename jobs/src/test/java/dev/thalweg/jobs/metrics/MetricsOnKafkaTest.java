package dev.thalweg.jobs.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.CanonicalReader;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventCursor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, from the topic of events to tables and topics, through a failure. */
final class MetricsOnKafkaTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

  private static final int EVENTS = 2000;
  private static final int TOO_LATE = 5;
  private static final long NEXT_MONTH = MetricsStream.START + 30 * MetricsStream.DAY;

  @TempDir private Path directory;

  private final MetricsStream stream = new MetricsStream(EVENTS, 2);
  private final List<byte[]> sent = new ArrayList<>();
  private final Set<String> oldIds = new TreeSet<>();
  private int wrong;

  @Test
  void topicAndTableAgreeThroughFailuresAndLateEventsAreKept() throws Exception {
    MetricsKafkaTrial trial = new MetricsKafkaTrial(FLINK, KAFKA, POSTGRES, "views", directory);
    List<List<RawRecord>> partitions = stream.shuffled(7, Duration.ofHours(48));
    sendPart(trial, partitions, 0, 0.4);
    Path declared = Path.of(getClass().getResource("every-view.yaml").toURI());
    trial.start(2, declared);
    trial.awaitConsumed(sent.size());
    long before = trial.written(MetricsKafkaTrial.VALUES);
    sendPart(trial, partitions, 0.4, 0.7);
    // What is written now is not committed, and is written again after the failure.
    trial.awaitWritten(MetricsKafkaTrial.VALUES, before);
    trial.killTaskManagers();
    sendPart(trial, partitions, 0.7, 1);
    refuse(trial);
    trial.awaitConsumed(sent.size() + wrong);
    assertAgreement(trial);

    trial.stop();
    trial.start(3, declared);
    passTime(trial);
    sendOld(trial);
    trial.awaitConsumed(sent.size() + wrong);
    assertAgreement(trial);
    assertLate(trial);
    assertThat(trial.total("dead_letter"))
        .isEqualTo(wrong)
        .isEqualTo(trial.committed(MetricsKafkaTrial.DEAD_LETTERS).size());
    assertThat(
            trial.query(
                "select * from ledger where consumed <> accepted + duplicate + late + dead_letter"))
        .isEmpty();
    assertThat(trial.total("consumed")).isEqualTo(sent.size() + wrong);
    assertThat(counted(trial)).isEqualTo(byHand(trial));
  }

  private void sendPart(
      MetricsKafkaTrial trial, List<List<RawRecord>> partitions, double from, double to) {
    for (int i = 0; i < partitions.size(); i++) {
      List<RawRecord> all = partitions.get(i);
      send(
          trial,
          i,
          all.subList((int) (from * all.size()), (int) (to * all.size())).stream()
              .map(RawRecord::value)
              .toList());
    }
  }

  private void send(MetricsKafkaTrial trial, int partition, List<byte[]> values) {
    trial.send(partition, values);
    sent.addAll(values);
  }

  private void refuse(MetricsKafkaTrial trial) {
    trial.send(1, KafkaBroker.bytes(List.of("no record", "neither")));
    wrong += 2;
  }

  /** Events of the next month, until in each partition one is late that belongs to this month. */
  private void passTime(MetricsKafkaTrial trial) {
    for (int i = 0; i < MetricsStream.PARTITIONS; i++) {
      String id = "next-month-" + i;
      TestEvents event = TestEvents.event("page_viewed").id(id).user("next");
      send(trial, i, List.of(stream.canonical(event, NEXT_MONTH).value()));
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              for (int i = 0; i < MetricsStream.PARTITIONS; i++) {
                sendOld(trial, i, 1);
              }
              trial.awaitConsumed(sent.size() + wrong);
              return trial.query("select from ledger where late > 0").size()
                  == MetricsStream.PARTITIONS;
            });
  }

  private void sendOld(MetricsKafkaTrial trial) {
    long late = trial.total("late");
    for (int i = 0; i < MetricsStream.PARTITIONS; i++) {
      sendOld(trial, i, TOO_LATE);
    }
    trial.awaitConsumed(sent.size() + wrong);
    assertThat(trial.total("late")).isEqualTo(late + TOO_LATE * MetricsStream.PARTITIONS);
  }

  private void sendOld(MetricsKafkaTrial trial, int partition, int events) {
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String id = "old-" + oldIds.size();
      oldIds.add(id);
      TestEvents event = TestEvents.event("page_viewed").id(id).user("old" + partition);
      values.add(stream.canonical(event, MetricsStream.START).value());
    }
    send(trial, partition, values);
  }

  /** The latest record of each key is the row of the table, and there are no others. */
  private static void assertAgreement(MetricsKafkaTrial trial) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(MetricRows.ofTopic(trial)).isEqualTo(MetricRows.ofTable(trial)));
    assertThat(MetricRows.ofTable(trial)).hasSizeGreaterThan(EVENTS / 2);
    assertThat(trial.committed(MetricsKafkaTrial.VALUES))
        .as("sessions that began earlier left tombstones")
        .anyMatch(record -> record.value() == null);
  }

  private void assertLate(MetricsKafkaTrial trial) {
    List<String> ids = lateIds(trial);
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(TOO_LATE).isSubsetOf(oldIds);
    assertThat(trial.total("late")).isEqualTo(ids.size());
    assertThat(trial.total("accepted")).isEqualTo(sent.size() - ids.size());
  }

  private static List<String> lateIds(MetricsKafkaTrial trial) {
    CanonicalReader reader = new CanonicalReader(TestEvents.catalog());
    return trial.committed(MetricsKafkaTrial.LATE).stream()
        .map(record -> reader.read(record.value()).text(CoreFields.EVENT_ID))
        .toList();
  }

  /** What the table says of events by hour and type. */
  private static Map<String, Long> counted(MetricsKafkaTrial trial) {
    return trial
        .query(
            "select (extract(epoch from window_start) * 1000)::bigint || ' ' || (dimensions ->> 'event_type') as k, value::bigint as n from metric_values where metric = 'events'")
        .stream()
        .collect(
            Collectors.toMap(
                row -> (String) row.get("k"), row -> (Long) row.get("n"), Long::sum, TreeMap::new));
  }

  /** The same, of all that was sent and is not kept as late. */
  private Map<String, Long> byHand(MetricsKafkaTrial trial) {
    CanonicalReader reader = new CanonicalReader(TestEvents.catalog());
    Set<String> late = new TreeSet<>(lateIds(trial));
    Map<String, Long> counts = new TreeMap<>();
    for (byte[] value : sent) {
      EventCursor event = reader.read(value);
      if (!late.contains(event.text(CoreFields.EVENT_ID))) {
        Instant time = Instant.ofEpochMilli(event.longValue(CoreFields.EVENT_TIME));
        long hour = time.truncatedTo(ChronoUnit.HOURS).toEpochMilli();
        counts.merge(hour + " " + event.contract().type(), 1L, Long::sum);
      }
    }
    return counts;
  }
}
