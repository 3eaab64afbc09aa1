package dev.thalweg.operators.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.dedup.ChunkKey;
import dev.thalweg.operators.dedup.ChunkKeySerializer;
import dev.thalweg.operators.dedup.SeenIds;
import dev.thalweg.operators.dedup.SeenIdsSerializer;
import dev.thalweg.operators.experiments.attribution.AttributionSamples;
import dev.thalweg.operators.experiments.scoring.ScoringSamples;
import dev.thalweg.operators.ledger.LedgerEntry;
import dev.thalweg.operators.ledger.LedgerState;
import dev.thalweg.operators.ledger.PartitionCounts;
import dev.thalweg.operators.metrics.MetricsSamples;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractSource.ContractFile;
import dev.thalweg.schemas.Failure;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flink asks of every serializer. */
final class SerializersTest {
  /** An event leaves its record behind, and its payload moves to the array's beginning. */
  private static final RecursiveComparisonConfiguration COMPARISON =
      RecursiveComparisonConfiguration.builder()
          .withIgnoredFields("raw", "contract", "payload", "payloadStart", "slots")
          .withIgnoredFieldsMatchingRegexes(".*\\.raw", ".*\\.contract")
          .build();

  static Stream<Arguments> values() {
    RawRecord raw = TestEvents.event("page_viewed").from(7, 1L << 40).avroRecord();
    Event bare = TestEvents.event("page_viewed").anonymous("gerät-日本").decoded();
    Event full = TestEvents.event("order_placed").from("another.topic").decoded();
    full.enrich(new byte[] {1, 2, 3});
    full.markWaited();
    Event upgraded =
        Event.builder()
            .subject("u1", true)
            .contract(TestEvents.catalog().newest("page_viewed").orElseThrow())
            .payload(new byte[] {1}, 0)
            .origin(raw.origin())
            .evidence(new byte[] {7, 8})
            .schemaId(Integer.MIN_VALUE)
            .build();
    List<Message> messages =
        List.of(
            bare,
            full,
            upgraded,
            new DeadLetter("decode", Failure.UNREADABLE, "größer", "order_placed", raw),
            new DeadLetter(
                "decode",
                Failure.INTERNAL_ERROR,
                "",
                "unknown",
                new RawRecord(null, null, raw.origin())),
            new Profile("u1", Long.MIN_VALUE, null),
            new Profile("", 5, new byte[] {0}),
            new Duplicate("u1", raw.origin()),
            new Waiting("u1", new Origin("", -1, -1, Long.MAX_VALUE)));
    SeenIds many = new SeenIds();
    for (int i = 0; i < 100; i++) {
      many.add(i, -i, 31L * i);
    }
    Stream<Arguments> own =
        Stream.of(
            Arguments.of(new MessageSerializer(), messages),
            Arguments.of(new EventSerializer(), List.of(bare, full, upgraded)),
            Arguments.of(
                new RawRecordSerializer(),
                List.of(raw, new RawRecord(new byte[0], new byte[0], raw.origin()))),
            Arguments.of(
                new ContractFileSerializer(),
                List.of(new ContractFile("events/a/v1.avsc", "{}"), new ContractFile("", "ß"))),
            Arguments.of(
                ChunkKeySerializer.INSTANCE,
                List.of(new ChunkKey(-5, 0), new ChunkKey(1L << 40, 9))),
            Arguments.of(SeenIdsSerializer.INSTANCE, List.of(new SeenIds(), many)),
            Arguments.of(
                LedgerState.ENTRY.createSerializer(new SerializerConfigImpl()),
                List.of(
                    new LedgerEntry(
                        "t", 1, "", "", "", new PartitionCounts(1, 2, 3, 4, 5, 6, 7)))));
    return Stream.of(
            own, MetricsSamples.values(), AttributionSamples.values(), ScoringSamples.values())
        .flatMap(samples -> samples);
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static <T> void assertSame(T actual, T expected, TypeSerializer<T> by)
      throws IOException {
    assertThat(actual).usingRecursiveComparison(COMPARISON).isEqualTo(expected);
    assertThat(bytes(by, actual)).isEqualTo(bytes(by, expected));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void whatIsWrittenIsReadBackWholeOneAfterTheOther(
      TypeSerializer<T> serializer, List<T> values) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (T value : values) {
      serializer.serialize(value, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    TypeSerializer<T> reader = serializer.duplicate();
    for (T value : values) {
      assertSame(reader.deserialize(in), value, serializer);
    }
    assertThat(in.available()).isZero();
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void readingIntoAUsedInstanceGivesTheNewValue(TypeSerializer<T> serializer, List<T> values)
      throws Exception {
    T reuse = serializer.createInstance();
    for (T value : values) {
      reuse = serializer.deserialize(reuse, new DataInputDeserializer(bytes(serializer, value)));
      assertSame(reuse, value, serializer);
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void bytesAreCopiedWithoutLossFromViewToView(TypeSerializer<T> serializer, List<T> values)
      throws Exception {
    for (T value : values) {
      DataInputDeserializer in = new DataInputDeserializer(bytes(serializer, value));
      DataOutputSerializer out = new DataOutputSerializer(1);
      serializer.copy(in, out);
      assertThat(out.getCopyOfBuffer()).isEqualTo(bytes(serializer, value));
      assertThat(in.available()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void copiesAreEqual(TypeSerializer<T> serializer, List<T> values) throws Exception {
    for (T value : values) {
      assertSame(serializer.copy(value), value, serializer);
      assertSame(serializer.copy(value, serializer.createInstance()), value, serializer);
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void duplicatesAndDeserializedSerializersAreEqual(
      TypeSerializer<T> serializer, List<T> values) throws Exception {
    TypeSerializer<T> duplicate = serializer.duplicate();
    assertThat(duplicate).isEqualTo(serializer).hasSameHashCodeAs(serializer);
    TypeSerializer<T> shipped = InstantiationUtil.clone(serializer);
    assertThat(shipped).isEqualTo(serializer);
    assertThat(bytes(shipped, values.get(0))).isEqualTo(bytes(serializer, values.get(0)));
  }

  @ParameterizedTest
  @MethodSource("values")
  <T> void snapshotRestoresASerializerThatReadsTheBytesAsIs(
      TypeSerializer<T> serializer, List<T> values) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(
            serializer.snapshotConfiguration().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
    T value = values.get(0);
    T again =
        read.restoreSerializer().deserialize(new DataInputDeserializer(bytes(serializer, value)));
    assertSame(again, value, serializer);
  }

  @Test
  void seenIdsAreCopiedDeepAsStateOnTheHeapNeeds() {
    SeenIds ids = new SeenIds();
    ids.add(1, 2, 3);
    SeenIds copy = SeenIdsSerializer.INSTANCE.copy(ids);
    ids.remove(0);
    ids.add(9, 9, 9);
    assertThat(copy.contains(1, 2, 3, 0)).isTrue();
    assertThat(copy.contains(9, 9, 9, 0)).isFalse();
  }

  @Test
  void bytesOfNoMessageAreRefused() {
    assertThatThrownBy(
            () ->
                new MessageSerializer()
                    .deserialize(new DataInputDeserializer(new byte[] {99, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("99");
  }

  @Test
  void payloadBehindAHeaderIsWrittenWithoutIt() throws Exception {
    Event event = TestEvents.event("page_viewed").decoded();
    assertThat(event.payloadStart()).isPositive();
    Event read =
        new EventSerializer()
            .deserialize(new DataInputDeserializer(bytes(new EventSerializer(), event)));
    assertThat(read.payloadStart()).isZero();
    assertThat(read.payload())
        .isEqualTo(
            java.util.Arrays.copyOfRange(
                event.payload(), event.payloadStart(), event.payload().length));
    assertThat(read.raw()).isNull();
  }
}
