package dev.thalweg.operators.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Failure;
import dev.thalweg.schemas.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

final class DeadLetterEncoderTest {
  private static final Schema SCHEMA = TestEvents.catalog().record("dead_letter").schema();
  private static final int MAX = 100;

  private final DeadLetterEncoder encoder =
      new DeadLetterEncoder(TestEvents.catalog(), MAX, "1.2.3");

  /** Reads with Avro's own reader, not ours. */
  private GenericRecord written(byte[] key, byte[] value) throws Exception {
    RawRecord raw = new RawRecord(key, value, new Origin("events.raw", 3, 17, TestEvents.NOON));
    DeadLetter letter =
        new DeadLetter("decode", Failure.SCHEMA_VIOLATION, "größer", "order_placed", raw);
    return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), SCHEMA)
        .decode(encoder.encode(letter, SchemaRegistry.NO_ID));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void avroReadsBackEverything() throws Exception {
    byte[] value = bytes(MAX);
    GenericRecord record = written(new byte[] {7, 8}, value);
    assertThat(record.get("stage")).hasToString("decode");
    assertThat(record.get("failure")).hasToString("schema_violation");
    assertThat(record.get("message")).hasToString("größer");
    assertThat(record.get("event_type")).hasToString("order_placed");
    assertThat(record.get("topic")).hasToString("events.raw");
    assertThat(record.get("partition")).isEqualTo(3);
    assertThat(record.get("offset")).isEqualTo(17L);
    assertThat(record.get("arrival")).isEqualTo(TestEvents.NOON);
    assertThat(record.get("key")).isEqualTo(ByteBuffer.wrap(new byte[] {7, 8}));
    assertThat(record.get("bytes")).isEqualTo(ByteBuffer.wrap(value));
    assertThat(record.get("bytes_length")).isEqualTo((long) MAX);
    assertThat(record.get("bytes_sha256")).isNull();
    assertThat(record.get("pipeline_version")).hasToString("1.2.3");
    assertThat(record.get("attempt")).isEqualTo(0);
  }

  @Test
  void longerValueIsCutAndItsLengthAndDigestKept() throws Exception {
    byte[] value = bytes(MAX + 1);
    GenericRecord record = written(null, value);
    assertThat(record.get("key")).isNull();
    assertThat(record.get("bytes")).isEqualTo(ByteBuffer.wrap(value, 0, MAX));
    assertThat(record.get("bytes_length")).isEqualTo(MAX + 1L);
    assertThat(record.get("bytes_sha256")).hasToString(DigestUtils.sha256Hex(value));
  }

  @Test
  void tombstoneHasNoBytes() throws Exception {
    GenericRecord record = written(null, null);
    assertThat(record.get("bytes")).isEqualTo(ByteBuffer.allocate(0));
    assertThat(record.get("bytes_length")).isEqualTo(0L);
  }

  @Test
  void aLongLetterLeavesNothingInTheNext() throws Exception {
    written(bytes(50), bytes(MAX + 1));
    assertThat(written(null, bytes(1)).get("bytes")).isEqualTo(ByteBuffer.wrap(bytes(1)));
  }
}
