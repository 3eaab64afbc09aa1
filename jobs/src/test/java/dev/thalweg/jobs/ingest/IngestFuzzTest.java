package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.thalweg.jobs.testkit.Repository;
import dev.thalweg.operators.enrich.ReferenceEnd;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.testkit.CollectingSink;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any bytes at all: none stops the job, none is lost, each has the failure the order gives it. */
final class IngestFuzzTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  private static final int RECORDS = 100_000;

  /** All the profiles there are: a bounded source has at least one record. */
  private static RawRecord tombstone(long number) {
    byte[] key = "nobody".getBytes(StandardCharsets.UTF_8);
    return new RawRecord(key, null, new Origin("reference.profiles", 0, number, TestEvents.NOON));
  }

  /** The totals published last, by the only job that runs here. */
  private static final AtomicReference<List<LedgerEntry>> TOTALS = new AtomicReference<>();

  private static final class LastTotals implements LedgerPublisher {
    private static final long serialVersionUID = 1L;

    @Override
    public void open() {
      TOTALS.set(List.of());
    }

    @Override
    public void publish(List<LedgerEntry> totals) {
      TOTALS.set(List.copyOf(totals));
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }

  private static Source<RawRecord, ?, ?> source(
      GeneratorFunction<Long, RawRecord> records, long count) {
    return new DataGeneratorSource<>(records, count, MessageTypes.RAW_RECORD);
  }

  /**
   * Runs the topology over those records; what the sink got. A failure of a task fails the test.
   */
  private static List<Message> run(GeneratorFunction<Long, RawRecord> records, long count)
      throws Exception {
    Configuration settings = new Configuration();
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
    StreamExecutionEnvironment env = FLINK.env(settings);
    IngestConfig config =
        IngestConfig.load("--base", Repository.file("flink-conf/jobs/ingest.yaml").toString());
    ReferenceEnd profilesEnd = () -> Map.of(0, 0L);
    try (CollectingSink<Message> sink = new CollectingSink<>()) {
      var sources =
          new IngestTopology.Sources(
              source(records, count),
              source(IngestFuzzTest::tombstone, 1),
              profilesEnd,
              Optional.empty());
      IngestTopology.define(env, sources, config, new IngestTopology.Sinks(sink, new LastTotals()));
      env.execute();
      return sink.collected();
    }
  }

  private static Origin origin(Message message) {
    return message instanceof Event event ? event.origin() : ((DeadLetter) message).raw().origin();
  }

  @Test
  void everyRecordIsAcceptedOrDuplicateOrDeadLetterWithItsBytes() throws Exception {
    List<Message> written = run(FuzzedRecords::record, RECORDS);

    Set<Origin> origins = new HashSet<>();
    Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    for (Message message : written) {
      if (!origins.add(origin(message))) {
        fail("written twice: %s", origin(message));
      }
      if (message instanceof DeadLetter letter) {
        failures.merge(letter.failure(), 1, Integer::sum);
        Origin from = letter.raw().origin();
        RawRecord sent =
            FuzzedRecords.record(from.offset() * FuzzedRecords.PARTITIONS + from.partition());
        if (!Arrays.equals(letter.raw().value(), sent.value()) || letter.message().isBlank()) {
          fail("not the bytes that were sent, or no message: %s", letter);
        }
      }
    }
    long consumed = 0;
    long duplicates = 0;
    for (LedgerEntry entry : TOTALS.get()) {
      if (entry.isPartition()) {
        assertThat(entry.counts().isBalanced()).as("%s", entry).isTrue();
        assertThat(entry.counts().waiting()).isZero();
        consumed += entry.counts().consumed();
        duplicates += entry.counts().duplicate();
      }
    }
    assertThat(consumed).isEqualTo(RECORDS);
    assertThat(written.size() + duplicates).isEqualTo(RECORDS);
    assertThat(duplicates).isBetween(1_000L, 20_000L);
    assertThat(failures).doesNotContainKey(Failure.INTERNAL_ERROR);
    assertThat(failures.keySet())
        .contains(Failure.UNREADABLE, Failure.UNKNOWN_CONTRACT, Failure.SCHEMA_VIOLATION);
  }

  @Test
  void failuresAreToldApartInTheirOrder() throws Exception {
    // Each event has the fault of its line and all faults of the lines below.
    String future = "\"event_time\":\"2026-11-03T00:00:00Z\"";
    String broken = "\"amount_cents\":-1,\"event_id\":\"x\"";
    String user = "\"user_id\":\"u\"";
    String order = "{\"event_type\":\"order_placed\",";
    List<String> faults =
        List.of(
            "{" + " ".repeat(1 << 20),
            "{\"event_type\":\"none\",\"contract_version\":99,",
            "{\"event_type\":\"none\",\"contract_version\":99," + future + "," + broken + "}",
            order + "\"contract_version\":99," + future + ",\"amount_cents\":\"x\"}",
            order + user + "," + future + ",\"amount_cents\":\"x\",\"event_id\":\"x\"}",
            order + user + "," + future + "," + broken + "}",
            order + user + ",\"event_time\":\"2026-11-01T12:00:00Z\"," + broken + "}");
    List<Failure> expected =
        Arrays.stream(Failure.values())
            .filter(failure -> failure.compareTo(Failure.RULE_VIOLATION) <= 0)
            .toList();
    assertThat(faults).hasSameSizeAs(expected);

    List<Message> written =
        run(
            number ->
                TestEvents.event("")
                    .from(0, number)
                    .record(faults.get(number.intValue()).getBytes(StandardCharsets.UTF_8)),
            faults.size());
    Failure[] found = new Failure[faults.size()];
    for (Message message : written) {
      found[(int) origin(message).offset()] = ((DeadLetter) message).failure();
    }
    assertThat(found).containsExactlyElementsOf(expected);
  }
}
