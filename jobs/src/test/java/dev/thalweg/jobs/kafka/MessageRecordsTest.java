package dev.thalweg.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.AvroBuffer;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What is written, and that whatever comes can be written. */
final class MessageRecordsTest {
  private static final int MAX_RECORD = 20_000;
  private static final Contract DEAD_LETTER = TestEvents.catalog().record("dead_letter");

  private static MessageRecords records() {
    MessageRecords records =
        new MessageRecords(
            ContractCatalog::fromClassPath,
            new OutputTopics("good", "bad"),
            10_000,
            MAX_RECORD,
            "test",
            null);
    records.open(context(), null);
    return records;
  }

  static InitializationContext context() {
    return new InitializationContext() {
      @Override
      public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup();
      }

      @Override
      public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(MessageRecordsTest.class.getClassLoader());
      }
    };
  }

  private static GenericRecord decode(org.apache.avro.Schema schema, byte[] bytes)
      throws Exception {
    return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(bytes);
  }

  private static byte[] map(String key, String value) {
    return new AvroBuffer().reset().textMap(Map.of(key, value)).toByteArray();
  }

  @Test
  void eventGoesToCanonicalUnderItsSubjectWithoutTimestamp() throws Exception {
    Event event = TestEvents.event("page_viewed").with("page", "/é").decoded();
    event.enrich(map("country", "AT"));
    ProducerRecord<byte[], byte[]> record = records().serialize(event, null, 7L);
    assertThat(record.topic()).isEqualTo("good");
    assertThat(record.timestamp()).isNull();
    assertThat(record.key()).isEqualTo("u1".getBytes(StandardCharsets.UTF_8));
    Contract contract = TestEvents.catalog().newest("page_viewed").orElseThrow();
    GenericRecord canonical = decode(contract.canonicalSchema(), record.value());
    assertThat(canonical.get("page")).hasToString("/é");
    assertThat(canonical.get("enrichment")).hasToString("{country=AT}");
    assertThat(canonical.get("ingested_at")).isEqualTo(TestEvents.NOON);
    assertThat(canonical.get("pipeline_version")).hasToString("test");
  }

  @Test
  void profileTooLongToBeWrittenIsLeftOut() throws Exception {
    Event event = TestEvents.event("page_viewed").decoded();
    event.enrich(map("essay", "x".repeat(MAX_RECORD)));
    ProducerRecord<byte[], byte[]> record = records().serialize(event, null, null);
    Contract contract = TestEvents.catalog().newest("page_viewed").orElseThrow();
    GenericRecord canonical = decode(contract.canonicalSchema(), record.value());
    assertThat(canonical.get("enrichment")).hasToString("{}");
  }

  @Test
  void deadLetterHasRoomForItsBytesWhateverKeyAndMessage() throws Exception {
    byte[] key = new byte[1 << 20];
    RawRecord raw = new RawRecord(key, new byte[10_001], TestEvents.event("x").origin());
    DeadLetter letter =
        new DeadLetter("decode", Failure.UNREADABLE, "m".repeat(50_000), "unknown", raw);
    ProducerRecord<byte[], byte[]> record = records().serialize(letter, null, null);
    assertThat(record.topic()).isEqualTo("bad");
    assertThat(record.key()).isNull();
    assertThat(record.value().length).isLessThan(10_000 + MessageRecords.MAX_KEY_BYTES + 2_000);
    GenericRecord written = decode(DEAD_LETTER.schema(), record.value());
    assertThat(((ByteBuffer) written.get("key")).remaining())
        .isEqualTo(MessageRecords.MAX_KEY_BYTES);
    assertThat(((ByteBuffer) written.get("bytes")).remaining()).isEqualTo(10_000);
    assertThat(written.get("bytes_length")).isEqualTo(10_001L);
    assertThat(written.get("message").toString())
        .hasSizeLessThan(1_100)
        .endsWith("m (key of 1048576 bytes, cut)");
  }

  @Test
  void deadLetterOfTombstoneHasNoBytes() throws Exception {
    RawRecord raw = new RawRecord(null, null, TestEvents.event("x").origin());
    DeadLetter letter = new DeadLetter("decode", Failure.UNREADABLE, "empty", "unknown", raw);
    GenericRecord written =
        decode(DEAD_LETTER.schema(), records().serialize(letter, null, null).value());
    assertThat(((ByteBuffer) written.get("bytes")).remaining()).isZero();
    assertThat(written.get("key")).isNull();
    assertThat(written.get("topic")).hasToString(TestEvents.TOPIC);
  }

  @Test
  void lineageNamesBothTopics() {
    assertThat(records().getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopics())
        .containsExactly("good", "bad");
  }
}
