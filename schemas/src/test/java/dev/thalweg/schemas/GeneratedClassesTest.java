package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import thalweg.events.v1.GoalReached;
import thalweg.events.v1.OrderPlaced;
import thalweg.records.v1.DeadLetter;
import thalweg.records.v1.Ledger;
import thalweg.records.v1.Profile;

/** The classes generated from the contracts and this module's encodings mean the same bytes. */
class GeneratedClassesTest {
  private static final Instant TIME = Instant.parse("2026-11-01T10:00:00Z");

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] out = new byte[buffer.remaining()];
    buffer.get(out);
    return out;
  }

  private static GenericRecord generic(Schema schema, ByteBuffer singleObject) {
    byte[] all = bytes(singleObject);
    return GenericReading.read(schema, all, SingleObject.HEADER_LENGTH, all.length);
  }

  @Test
  void needNoSystemPropertyOfAvro() {
    assertThat(System.getProperties().stringPropertyNames())
        .noneMatch(name -> name.startsWith("org.apache.avro"));
  }

  @Test
  void ofEventsAreReadByTheDecoder() throws IOException {
    OrderPlaced order =
        OrderPlaced.newBuilder()
            .setEventId("e1")
            .setEventTime(TIME)
            .setUserId("u1")
            .setAmountCents(1299)
            .build();
    EventDecoder decoder = Decoded.decoder();
    assertThat(decoder.decode(bytes(order.toByteBuffer()))).isTrue();
    byte[] fromClass =
        Arrays.copyOfRange(decoder.payload(), decoder.payloadStart(), decoder.payload().length);
    assertThat(decoder.decode(TestEvents.of("order_placed").toJsonBytes())).isTrue();
    assertThat(decoder.payload()).isEqualTo(fromClass);
    assertThat(
            new SpecificDatumReader<>(OrderPlaced.class)
                .read(null, DecoderFactory.get().binaryDecoder(decoder.payload(), null)))
        .isEqualTo(order);
    GoalReached goal =
        GoalReached.newBuilder()
            .setEventId("e")
            .setEventTime(TIME)
            .setUserId("u")
            .setGoal("g")
            .setValue(2.5)
            .build();
    assertThat(GoalReached.fromByteBuffer(goal.toByteBuffer()).getValue()).isEqualTo(2.5);
    assertThat(decoder.decode(bytes(goal.toByteBuffer()))).isTrue();
  }

  @Test
  void ofRecordsAreReadByTheGenericReader() throws IOException {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setStage("validate")
            .setFailure("unreadable")
            .setMessage("empty")
            .setTopic("events.raw")
            .setPartition(3)
            .setOffset(1L << 40)
            .setArrival(TIME)
            .setBytes(ByteBuffer.wrap(new byte[] {0, -1}))
            .setBytesLength(2)
            .build();
    Contract contract = TestEvents.catalog().record("dead_letter");
    GenericRecord read = generic(contract.schema(), letter.toByteBuffer());
    assertThat(read.get("offset")).isEqualTo(1L << 40);
    assertThat(read.get("bytes")).isEqualTo(ByteBuffer.wrap(new byte[] {0, -1}));
    assertThat(read.get("event_type")).hasToString("unknown");
    assertThat(read.get("key")).isNull();
    assertThat(DeadLetter.fromByteBuffer(letter.toByteBuffer())).isEqualTo(letter);

    Profile profile =
        Profile.newBuilder().setUserId("u1").setAttributes(Map.of("country", "UK")).build();
    assertThat(Profile.fromByteBuffer(profile.toByteBuffer()).getAttributes())
        .containsExactly(Map.entry("country", "UK"));
    byte[] bytes = bytes(profile.toByteBuffer());
    EventCursor cursor = new EventCursor(TestEvents.catalog().record("profile"));
    assertThat(cursor.read(bytes, SingleObject.HEADER_LENGTH, bytes.length)).isTrue();
    assertThat(cursor.text(0)).isEqualTo("u1");

    Ledger ledger =
        Ledger.newBuilder()
            .setJob("ingest")
            .setTopic("events.raw")
            .setPartition(0)
            .setConsumed(4)
            .setAccepted(1)
            .setDuplicate(1)
            .setLate(1)
            .setDeadLetter(1)
            .setAsOf(TIME)
            .build();
    Contract ledgers = TestEvents.catalog().record("ledger");
    assertThat(generic(ledgers.schema(), ledger.toByteBuffer()).get("consumed")).isEqualTo(4L);
  }

  @Test
  void existForEveryContractWithItsFingerprint() throws Exception {
    var catalog = TestEvents.catalog();
    for (Contract contract :
        java.util.stream.Stream.concat(catalog.events().stream(), catalog.records().stream())
            .toList()) {
      Class<?> type = Class.forName(contract.schema().getFullName());
      assertThat(SpecificRecord.class).isAssignableFrom(type);
      Schema schema = SpecificData.get().getSchema(type);
      assertThat(org.apache.avro.SchemaNormalization.parsingFingerprint64(schema))
          .isEqualTo(contract.fingerprint());
    }
  }
}
