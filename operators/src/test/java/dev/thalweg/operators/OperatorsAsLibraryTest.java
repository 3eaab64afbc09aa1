package dev.thalweg.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.DecodeConfig;
import dev.thalweg.operators.decode.DecodeEvents;
import dev.thalweg.operators.decode.DecodeProfiles;
import dev.thalweg.operators.dedup.DedupConfig;
import dev.thalweg.operators.dedup.DeduplicateEvents;
import dev.thalweg.operators.enrich.AwaitReferenceData;
import dev.thalweg.operators.enrich.EnrichEvents;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.ledger.CountConsumed;
import dev.thalweg.operators.ledger.CountOutcomes;
import dev.thalweg.operators.ledger.KeepLedger;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.testkit.CollectingLedger;
import dev.thalweg.operators.testkit.CollectingSink;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.validate.ValidateConfig;
import dev.thalweg.operators.validate.ValidateEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.ContractCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All operators in one job, put together as a user of the library would. */
final class OperatorsAsLibraryTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  private static final int USERS = 40;
  private static final long NOON = TestEvents.NOON;

  /** The README's example: from raw records and profiles to trusted events, and a ledger. */
  static void define(
      DataStream<RawRecord> records,
      DataStream<RawRecord> profiles,
      Map<Integer, Long> lastProfiles,
      Sink<Message> sink,
      LedgerPublisher ledger) {
    CatalogFactory contracts = ContractCatalog::fromClassPath;
    var decode = new DecodeConfig(1 << 20, false);
    var validate = new ValidateConfig(Instant.parse("1990-01-01T00:00:00Z"), Duration.ofHours(24));
    var dedup = new DedupConfig(true, Duration.ofHours(24));

    var consumed = records.transform("count", MessageTypes.RAW_RECORD, new CountConsumed());
    var valid =
        consumed
            .process(new DecodeEvents(contracts, decode), MessageTypes.MESSAGE)
            .process(new ValidateEvents(contracts, validate), MessageTypes.MESSAGE);
    var known =
        profiles
            .transform("await", MessageTypes.RAW_RECORD, new AwaitReferenceData(() -> lastProfiles))
            .setParallelism(1)
            .process(new DecodeProfiles(contracts), MessageTypes.MESSAGE);
    var first =
        valid
            .union(known)
            .keyBy(Message::key, Types.STRING)
            .process(new DeduplicateEvents(dedup), MessageTypes.MESSAGE);
    var outcomes =
        DataStreamUtils.reinterpretAsKeyedStream(first, Message::key, Types.STRING)
            .process(new EnrichEvents(), MessageTypes.MESSAGE)
            .transform("outcomes", MessageTypes.MESSAGE, new CountOutcomes());
    outcomes.sinkTo(sink);
    consumed
        .getSideOutput(CountConsumed.counts())
        .union(outcomes.getSideOutput(CountOutcomes.counts()))
        .transform("ledger", Types.VOID, new KeepLedger(ledger))
        .forceNonParallel();
  }

  /** Records with known fates: each id twice, and of every tenth neither can be read. */
  private static List<RawRecord> records(int count) {
    List<RawRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TestEvents event =
          TestEvents.event("product_viewed")
              .user("u" + i % USERS)
              .id("e" + i / USERS / 2)
              .arrived(NOON + i)
              .from(i % 4, i / 4);
      records.add(i % 10 == 9 ? event.record(new byte[] {1, 2, 3}) : event.jsonRecord());
    }
    return records;
  }

  private static List<RawRecord> profiles() {
    long fingerprint = TestEvents.catalog().record("profile").fingerprint();
    List<RawRecord> profiles = new ArrayList<>();
    for (int user = 0; user < USERS; user += 2) {
      byte[] value =
          new AvroBuffer()
              .header(fingerprint)
              .text("u" + user)
              .number(0)
              .textMap(Map.of("country", "DE"))
              .toByteArray();
      profiles.add(new RawRecord(null, value, new Origin("profiles", 0, user, NOON)));
    }
    return profiles;
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void everyRecordHasOneFateAndTheLedgerAddsUp(String backend) throws Exception {
    List<RawRecord> records = records(4_000);
    var ledger = new CollectingLedger();
    var settings = new Configuration().set(StateBackendOptions.STATE_BACKEND, backend);
    try (CollectingSink<Message> sink = new CollectingSink<>()) {
      var env = FLINK.env(settings);
      env.enableCheckpointing(100);
      var byArrival =
          WatermarkStrategy.<RawRecord>forMonotonousTimestamps()
              .withTimestampAssigner((record, none) -> record.origin().arrival());
      define(
          env.fromData(records, MessageTypes.RAW_RECORD).assignTimestampsAndWatermarks(byArrival),
          env.fromData(profiles(), MessageTypes.RAW_RECORD),
          Map.of(0, USERS - 2L),
          sink,
          ledger);
      env.execute();

      check(records, sink.collected(), ledger);
    } finally {
      ledger.forget();
    }
  }

  private static void check(
      List<RawRecord> records, List<Message> written, CollectingLedger ledger) {
    Set<Long> ids = new HashSet<>();
    int accepted = 0;
    int rejected = 0;
    for (Message message : written) {
      if (message instanceof Event event) {
        accepted++;
        assertThat(ids.add(event.idHigh() + 31L * event.subject().hashCode())).isTrue();
        boolean hasProfile = Integer.parseInt(event.subject().substring(1)) % 2 == 0;
        assertThat(event.enrichment() != null).isEqualTo(hasProfile);
      } else {
        rejected++;
        assertThat(((DeadLetter) message).raw().value()).containsExactly(1, 2, 3);
      }
    }
    assertThat(rejected).isEqualTo(records.size() / 10);
    assertThat(accepted).isEqualTo(records.size() / 2 * 9 / 10);
    var sum = ledger.sum();
    assertThat(sum.consumed()).isEqualTo(records.size());
    assertThat(sum.accepted()).isEqualTo(accepted);
    assertThat(sum.deadLetter()).isEqualTo(rejected);
    assertThat(sum.duplicate()).isEqualTo(records.size() - accepted - rejected);
    assertThat(sum.waiting()).isZero();
    assertThat(ledger.totals().stream().filter(LedgerEntry::isPartition))
        .hasSize(4)
        .allMatch(entry -> entry.counts().isBalanced() && entry.counts().consumed() == 1_000);
  }
}
