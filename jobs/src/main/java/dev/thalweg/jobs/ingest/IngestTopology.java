package dev.thalweg.jobs.ingest;

import static dev.thalweg.jobs.Steps.step;

import dev.thalweg.jobs.contracts.ContractLooks;
import dev.thalweg.operators.decode.AdmitContracts;
import dev.thalweg.operators.decode.CatalogFactory;
import dev.thalweg.operators.decode.DecodeEvents;
import dev.thalweg.operators.decode.DecodeEventsByNewContracts;
import dev.thalweg.operators.decode.DecodeProfiles;
import dev.thalweg.operators.decode.DecodeState;
import dev.thalweg.operators.dedup.DeduplicateEvents;
import dev.thalweg.operators.enrich.AwaitReferenceData;
import dev.thalweg.operators.enrich.EnrichEvents;
import dev.thalweg.operators.enrich.ReferenceEnd;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.ledger.CountConsumed;
import dev.thalweg.operators.ledger.CountOutcomes;
import dev.thalweg.operators.ledger.KeepLedger;
import dev.thalweg.operators.ledger.LedgerPublisher;
import dev.thalweg.operators.validate.ValidateEvents;
import dev.thalweg.schemas.ContractSource.ContractFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of the ingest job. */
public final class IngestTopology {
  private IngestTopology() {}

  /**
   * Where the job reads.
   *
   * @param events raw events
   * @param profiles users' profiles
   * @param profilesEnd where the profiles end when the job starts
   * @param contracts looks at all contracts there are, or empty if those at the start are all
   */
  public record Sources(
      Source<RawRecord, ?, ?> events,
      Source<RawRecord, ?, ?> profiles,
      ReferenceEnd profilesEnd,
      Optional<Source<List<ContractFile>, ?, ?>> contracts) {}

  /**
   * Where the job writes.
   *
   * @param messages accepted events and dead letters
   * @param ledger the ledger
   */
  public record Sinks(Sink<Message> messages, LedgerPublisher ledger) {}

  /** Defines the graph; does nothing else. */
  public static void define(
      StreamExecutionEnvironment env, Sources sources, IngestConfig config, Sinks sinks) {
    var consumed =
        step(
            IngestSteps.COUNT_CONSUMED,
            readEvents(env, sources, config)
                .transform("", MessageTypes.RAW_RECORD, new CountConsumed()));
    var decoded = step(IngestSteps.DECODE, decode(consumed, env, sources, config));
    var valid =
        step(
            IngestSteps.VALIDATE,
            decoded.process(
                new ValidateEvents(config.contracts().catalog(), config.validate()),
                MessageTypes.MESSAGE));

    var first =
        step(
            IngestSteps.DEDUPLICATE,
            bySubject(valid, profiles(env, sources, config))
                .process(new DeduplicateEvents(config.dedup()), MessageTypes.MESSAGE));
    var enriched =
        step(
            IngestSteps.ENRICH,
            stillBySubject(first).process(new EnrichEvents(), MessageTypes.MESSAGE));
    var counted =
        step(
            IngestSteps.COUNT_OUTCOMES,
            enriched.transform("", MessageTypes.MESSAGE, new CountOutcomes()));
    step(IngestSteps.WRITE, counted.sinkTo(sinks.messages()));

    var counts =
        consumed
            .getSideOutput(CountConsumed.counts())
            .union(counted.getSideOutput(CountOutcomes.counts()));
    step(IngestSteps.KEEP_LEDGER, counts.transform("", Types.VOID, new KeepLedger(sinks.ledger())))
        .forceNonParallel();
  }

  private static SingleOutputStreamOperator<RawRecord> readEvents(
      StreamExecutionEnvironment env, Sources sources, IngestConfig config) {
    return step(
        IngestSteps.READ_EVENTS,
        env.fromSource(
            sources.events(), byArrival(config.idleness()), "", MessageTypes.RAW_RECORD));
  }

  /** Decoding stands in the source's chain, unless contracts come from elsewhere meanwhile. */
  private static SingleOutputStreamOperator<Message> decode(
      SingleOutputStreamOperator<RawRecord> records,
      StreamExecutionEnvironment env,
      Sources sources,
      IngestConfig config) {
    CatalogFactory catalog = config.contracts().catalog();
    if (sources.contracts().isEmpty()) {
      return records.process(
          new DecodeEvents(catalog, config.decode(), config.registryUse()), MessageTypes.MESSAGE);
    }
    return records
        .connect(
            contracts(env, sources.contracts().get(), catalog)
                .broadcast(DecodeState.newContracts()))
        .process(
            new DecodeEventsByNewContracts(
                catalog, config.decode(), config.runEpoch(), config.registryUse()),
            MessageTypes.MESSAGE);
  }

  private static SingleOutputStreamOperator<ContractFile> contracts(
      StreamExecutionEnvironment env,
      Source<List<ContractFile>, ?, ?> source,
      CatalogFactory catalog) {
    var found =
        step(
                IngestSteps.FIND_CONTRACTS,
                env.fromSource(
                    source, ContractLooks.outOfTime(), "", Types.LIST(MessageTypes.CONTRACT_FILE)))
            .setParallelism(1);
    return step(
            IngestSteps.ADMIT_CONTRACTS,
            found.process(new AdmitContracts(catalog), MessageTypes.CONTRACT_FILE))
        .setParallelism(1);
  }

  /** Profiles are few, and read by one subtask, which so knows when all were read. */
  private static SingleOutputStreamOperator<Message> profiles(
      StreamExecutionEnvironment env, Sources sources, IngestConfig config) {
    var read =
        step(
                IngestSteps.READ_PROFILES,
                env.fromSource(
                    sources.profiles(),
                    WatermarkStrategy.noWatermarks(),
                    "",
                    MessageTypes.RAW_RECORD))
            .setParallelism(1);
    var awaited =
        step(
                IngestSteps.AWAIT_PROFILES,
                read.transform(
                    "", MessageTypes.RAW_RECORD, new AwaitReferenceData(sources.profilesEnd())))
            .setParallelism(1);
    return step(
            IngestSteps.DECODE_PROFILES,
            awaited.process(
                new DecodeProfiles(config.contracts().catalog(), config.registry().orElse(null)),
                MessageTypes.MESSAGE))
        .setParallelism(1);
  }

  private static KeyedStream<Message, String> bySubject(
      SingleOutputStreamOperator<Message> events, SingleOutputStreamOperator<Message> profiles) {
    return events.union(profiles).keyBy(Message::key, Types.STRING);
  }

  /** Deduplicating keeps every message where it is, so that no second shuffle is needed. */
  private static KeyedStream<Message, String> stillBySubject(
      SingleOutputStreamOperator<Message> stream) {
    return DataStreamUtils.reinterpretAsKeyedStream(stream, Message::key, Types.STRING);
  }

  private static WatermarkStrategy<RawRecord> byArrival(Duration idleness) {
    return WatermarkStrategy.<RawRecord>forMonotonousTimestamps()
        .withTimestampAssigner((record, timestamp) -> record.origin().arrival())
        .withIdleness(idleness);
  }
}
