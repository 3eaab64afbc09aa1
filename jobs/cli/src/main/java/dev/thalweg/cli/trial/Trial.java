package dev.thalweg.cli.trial;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.jobs.PipelineVersion;
import dev.thalweg.jobs.ingest.IngestConfig;
import dev.thalweg.jobs.ingest.IngestTopology;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageSerializer;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.schemas.CanonicalEncoder;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the ingest topology over records of a sample, in this process, in their order. */
public final class Trial {
  private static final int REFUSED_SHOWN = 20;

  private final IngestConfig config;
  private final Path directory;
  private final Instant arrival;
  private long[] lines = new long[1024];

  /**
   * A trial.
   *
   * @param config the job's configuration; addresses in it are not used
   * @param directory an empty directory to work in
   * @param arrival when the records arrive
   */
  public Trial(IngestConfig config, Path directory, Instant arrival) {
    this.config = config;
    this.directory = directory;
    this.arrival = arrival;
  }

  /**
   * Runs it to its end.
   *
   * @param records raw events
   * @param known profiles of users, read before the first event
   * @param samples how many accepted events to return
   */
  public TrialResult run(
      Iterator<OutgoingRecord> records, Iterator<OutgoingRecord> known, int samples)
      throws Exception {
    RecordSpool events = spool(records);
    RecordSpool profiles = spoolProfiles(known);
    long lastProfile = profiles.count() - 1;
    Spool<Message> messages = new Spool<>(directory.resolve("messages"), new MessageSerializer());
    LedgerFile ledger = new LedgerFile(directory.resolve("ledger"));
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink());
    IngestTopology.define(
        env,
        new IngestTopology.Sources(
            events.source(), profiles.source(), () -> Map.of(0, lastProfile), Optional.empty()),
        config,
        new IngestTopology.Sinks(messages, ledger));
    env.execute("try");
    return result(messages, ledger.read(), samples);
  }

  private RecordSpool spoolProfiles(Iterator<OutgoingRecord> known) throws IOException {
    try (RecordSpool spool = new RecordSpool(directory.resolve("profiles"))) {
      // The source cannot be empty: one record forgets a user whom no event can have.
      spool.add(new RawRecord(new byte[0], null, profileOrigin(0)));
      while (known.hasNext()) {
        OutgoingRecord profile = known.next();
        spool.add(new RawRecord(profile.key(), profile.value(), profileOrigin(spool.count())));
      }
      return spool;
    }
  }

  private Origin profileOrigin(long offset) {
    return new Origin(config.profilesTopic(), 0, offset, arrival.toEpochMilli());
  }

  private Configuration flink() {
    Configuration flink = Configuration.fromMap(config.flink());
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    flink.set(StateBackendOptions.STATE_BACKEND, "hashmap");
    flink.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        directory.resolve("checkpoints").toUri().toString());
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
    return flink;
  }

  private RecordSpool spool(Iterator<OutgoingRecord> records) throws IOException {
    String topic = config.source().topic();
    try (RecordSpool spool = new RecordSpool(directory.resolve("events"))) {
      while (records.hasNext()) {
        OutgoingRecord record = records.next();
        int offset = Math.toIntExact(spool.count());
        if (offset == lines.length) {
          lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[offset] = record.line();
        spool.add(
            new RawRecord(
                record.key(),
                record.value(),
                new Origin(topic, 0, offset, arrival.toEpochMilli())));
      }
      return spool;
    }
  }

  private TrialResult result(
      Spool<Message> messages, List<dev.thalweg.operators.ledger.LedgerEntry> ledger, int samples)
      throws IOException {
    ContractCatalog catalog = config.contracts().catalog().load();
    CanonicalEncoder encoder = new CanonicalEncoder(PipelineVersion.current());
    Map<String, Long> byType = new TreeMap<>();
    List<byte[]> canonical = new ArrayList<>();
    List<TrialResult.Refused> refused = new ArrayList<>();
    RecordsByOffset accepted = new RecordsByOffset(directory.resolve("accepted-as-they-came"));
    AtomicLong enriched = new AtomicLong();
    messages.read(
        message -> {
          if (message instanceof Event event) {
            Contract contract = catalog.byCanonicalFingerprint(event.fingerprint());
            byType.merge(contract.type(), 1L, Long::sum);
            if (event.enrichment() != null) {
              enriched.incrementAndGet();
            }
            byte[] value = canonical(encoder, event);
            accepted.add(new RawRecord(null, value, event.origin()));
            if (canonical.size() < samples) {
              canonical.add(value);
            }
          } else if (refused.size() < REFUSED_SHOWN) {
            refused.add(refused(message));
          }
        });
    return new TrialResult(ledger, byType, enriched.get(), canonical, refused, inOrder(accepted));
  }

  /** Those that waited for profiles were released by subject, not as they stand in the sample. */
  private RecordSpool inOrder(RecordsByOffset accepted) throws IOException {
    try (accepted;
        RecordSpool spool = new RecordSpool(directory.resolve("accepted"))) {
      accepted.copyTo(spool);
      return spool;
    }
  }

  private static byte[] canonical(CanonicalEncoder encoder, Event event) {
    return encoder.encode(
        event.fingerprint(),
        event.schemaId(),
        event.contractVersion(),
        event.payload(),
        event.payloadStart(),
        event.origin().arrival(),
        event.evidence(),
        event.enrichment());
  }

  private TrialResult.Refused refused(Message message) {
    DeadLetter letter = (DeadLetter) message;
    long line = lines[(int) letter.raw().origin().offset()];
    return new TrialResult.Refused(
        line, letter.stage(), letter.failure().label(), letter.message());
  }
}
