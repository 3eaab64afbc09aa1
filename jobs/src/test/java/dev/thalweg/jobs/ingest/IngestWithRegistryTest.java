package dev.thalweg.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.thalweg.jobs.testkit.ApicurioRegistry;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.testkit.PostgresServer;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.ContractSource.ContractFile;
import dev.thalweg.schemas.SchemaRegistry;
import dev.thalweg.schemas.WireFormat;
import dev.thalweg.schemas.testkit.TestContractFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job with a real schema registry, which comes and goes. */
final class IngestWithRegistryTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();
  @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();
  @RegisterExtension static final ApicurioRegistry REGISTRY = new ApicurioRegistry();

  private static final ContractFile V1 =
      TestContractFiles.event("bill", 1, "{'name': 'amount', 'type': 'int'}", "'owner': 'shop',");

  private static final ContractFile V2 =
      TestContractFiles.event(
          "bill",
          2,
          "{'name': 'amount', 'type': 'long'},"
              + "{'name': 'channel', 'type': 'string', 'default': 'web'}",
          "");

  private static final ContractCatalog BILLS = ContractCatalog.load(() -> List.of(V1, V2));

  @TempDir private Path directory;

  private IngestTrial start(String deployment) throws Exception {
    Path contracts = directory.resolve("contracts");
    for (ContractFile file : List.of(V1, V2)) {
      Path target = contracts.resolve(file.path());
      Files.createDirectories(target.getParent());
      Files.writeString(target, file.text());
    }
    return new IngestTrial(FLINK, KAFKA, POSTGRES, deployment, directory)
        .start(2, "contracts.path=" + contracts, "registry.url=" + REGISTRY.url());
  }

  private static Schema bill(int version) {
    return BILLS.find("bill", version).orElseThrow().schema();
  }

  private static int register(IngestTrial trial, Schema schema) {
    String subject = SchemaRegistry.subject(trial.topic("events.raw"), schema);
    return REGISTRY.client().register(subject, schema);
  }

  /** One that the registry takes for another schema, and a contract's reader does not. */
  private static Schema inOtherWords(Schema schema) {
    Schema other = new Schema.Parser().parse(schema.toString());
    other.addProp("generated-by", "somebody else");
    return other;
  }

  private static byte[] wire(int id, Schema schema, String eventId) {
    GenericRecord event =
        new GenericRecordBuilder(schema)
            .set("event_id", eventId)
            .set("event_time", TestEvents.NOON)
            .set("user_id", "u1")
            .set("amount", schema.getField("channel") == null ? (Object) 7 : (Object) 7L)
            .build();
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
      new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
      encoder.flush();
      byte[] value = out.toByteArray();
      return new AvroBuffer().registryHeader(id).raw(value, 0, value.length).toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<byte[]> wire(int id, Schema schema, String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> wire(id, schema, prefix + i)).toList();
  }

  /** All of a topic, each read by nothing but the id in front and the registry. */
  private static List<GenericRecord> readById(String topic) {
    List<GenericRecord> records = new ArrayList<>();
    Map<Integer, Schema> schemas = new TreeMap<>();
    for (var record : KAFKA.committed(topic)) {
      assertThat(WireFormat.isMarked(record.value())).isTrue();
      Schema schema =
          schemas.computeIfAbsent(
              WireFormat.id(record.value()),
              id -> new Schema.Parser().parse(REGISTRY.client().schema(id)));
      try {
        int from = WireFormat.HEADER_LENGTH;
        records.add(
            new GenericDatumReader<GenericRecord>(schema)
                .read(
                    null,
                    DecoderFactory.get()
                        .binaryDecoder(record.value(), from, record.value().length - from, null)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return records;
  }

  private static List<String> ids(List<GenericRecord> events) {
    return events.stream().map(event -> event.get("event_id").toString()).sorted().toList();
  }

  @Test
  void eventsOfAllVersionsAreReadByIdAndWrittenById() throws Exception {
    IngestTrial trial = start("registered");
    int first = register(trial, bill(1));
    int second = register(trial, bill(2));
    int other = register(trial, inOtherWords(bill(2)));
    assertThat(List.of(first, second, other)).doesNotHaveDuplicates();
    TestEvents page = TestEvents.event("page_viewed");
    List<byte[]> events = new ArrayList<>();
    events.addAll(wire(first, bill(1), "first", 10));
    events.addAll(wire(second, bill(2), "second", 10));
    events.addAll(wire(other, bill(2), "other", 10));
    events.add(page.id("avro").avro());
    events.add(page.id("json").json().getBytes(StandardCharsets.UTF_8));
    events.add(wire(1_000_000_000, bill(1), "nobody's"));
    events.add(wire(-1, bill(1), "negative"));
    events.add(new byte[] {0, 0, 0});
    trial.send(events);
    trial.awaitDecided(events.size());
    assertThat(trial.restarts()).isZero();

    List<GenericRecord> accepted = readById(trial.topic("events.canonical"));
    assertThat(accepted).hasSize(32);
    assertThat(accepted)
        .filteredOn(event -> event.getSchema().getName().equals("Bill"))
        .hasSize(30)
        .allSatisfy(
            event -> {
              boolean old = event.get("event_id").toString().startsWith("first");
              assertThat(event.getSchema().getNamespace()).isEqualTo("shop.canonical.v2");
              assertThat(event.get("amount")).isEqualTo(7L);
              assertThat(event.get("channel")).hasToString("web");
              assertThat(event.get("enrichment"))
                  .hasToString(old ? "{contract.written_version=1}" : "{}");
            });
    assertThat(readById(trial.topic("events.dead-letter")))
        .extracting(letter -> letter.get("failure") + ": " + letter.get("message"))
        .containsExactlyInAnyOrder(
            "unknown_version: the registry has no schema of the id 1000000000",
            "unknown_version: the registry has no schema of the id -1",
            "unreadable: truncated within the header");
  }

  @Test
  void outageDelaysUnknownIdsAndNothingElse() throws Exception {
    IngestTrial trial = start("outage");
    int known = register(trial, bill(2));
    int unseen = register(trial, inOtherWords(bill(2)));
    // Each subtask has seen the id when both have decided some: the partitions are theirs by
    // halves.
    trial.send(wire(known, bill(2), "before", 12));
    trial.awaitDecided(12);

    REGISTRY.kill();
    try {
      trial.send(wire(known, bill(2), "during", 12));
      trial.send(List.of(TestEvents.event("page_viewed").id("json").avro()));
      trial.awaitDecided(25);
      assertThat(trial.total("accepted")).isEqualTo(25);

      List<byte[]> waiting = new ArrayList<>(wire(unseen, bill(2), "waiting", 6));
      waiting.add(wire(1_000_000_000, bill(2), "nobody's"));
      try (ShutDoor door = new ShutDoor(URI.create(REGISTRY.url()).getPort())) {
        trial.send(waiting);
        await().atMost(Duration.ofSeconds(60)).until(() -> door.knocks() > 2);
      }
      assertThat(trial.restarts()).isZero();
      assertThat(KAFKA.sent(trial.topic("events.dead-letter"))).isZero();
    } finally {
      REGISTRY.start();
    }
    trial.awaitDecided(32);
    assertThat(trial.restarts()).isZero();
    assertThat(ids(readById(trial.topic("events.canonical"))))
        .hasSize(31)
        .doesNotHaveDuplicates()
        .contains("waiting0", "waiting5", "during11", "json");
    assertThat(readById(trial.topic("events.dead-letter")))
        .singleElement()
        .satisfies(letter -> assertThat(letter.get("failure")).hasToString("unknown_version"));
  }

  /** Stands where the registry was, and counts those who come; none gets an answer. */
  private static final class ShutDoor implements AutoCloseable {
    private final ServerSocket socket;
    private final AtomicInteger knocks = new AtomicInteger();

    ShutDoor(int port) throws IOException {
      socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      new Thread(this::run, "shut-door").start();
    }

    private void run() {
      try {
        while (true) {
          socket.accept().close();
          knocks.incrementAndGet();
        }
      } catch (IOException e) {
        // Closed with the test.
      }
    }

    int knocks() {
      return knocks.get();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
