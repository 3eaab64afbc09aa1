package dev.thalweg.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.metrics.ViewRow.MetricValue;
import dev.thalweg.operators.metrics.ViewRow.SessionValue;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.charset.StandardCharsets;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What readers of metric values get. */
final class MetricValueRecordsTest {
  private static final long NOON = 1_793_534_400_000L;
  private static final long HOUR = 3_600_000;

  private static MetricValueRecords records() throws Exception {
    MetricValueRecords records =
        InstantiationUtil.clone(
            new MetricValueRecords(
                ContractCatalog::fromClassPath, "values", 10_000, new RunEpoch(3)));
    records.open(MessageRecordsTest.context(), null);
    return records;
  }

  private static MetricValue row(String dimensions, Double value) {
    return new MetricValue("revenue", dimensions, NOON, NOON + HOUR, value, 7, 9);
  }

  private static GenericRecord decode(byte[] bytes) throws Exception {
    return new BinaryMessageDecoder<GenericRecord>(
            GenericData.get(), ContractCatalog.fromClassPath().record("metric_value").schema())
        .decode(bytes);
  }

  @Test
  void valueStandsUnderMetricDimensionsAndWindow() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        records().serialize(row("{\"currency\":\"€\"}", 12.5), null, 7L);
    assertThat(record.topic()).isEqualTo("values");
    assertThat(record.timestamp()).isNull();
    assertThat(new String(record.key(), StandardCharsets.UTF_8))
        .isEqualTo("revenue {\"currency\":\"€\"} 2026-11-01T12:00:00Z/2026-11-01T13:00:00Z");
    GenericRecord value = decode(record.value());
    assertThat(value.get("metric")).hasToString("revenue");
    assertThat(value.get("dimensions")).hasToString("{\"currency\":\"€\"}");
    assertThat(value.get("window_start")).isEqualTo(NOON);
    assertThat(value.get("window_end")).isEqualTo(NOON + HOUR);
    assertThat(value.get("value")).isEqualTo(12.5);
    assertThat(value.get("events")).isEqualTo(7L);
    assertThat(value.get("version")).isEqualTo((3L << 40) + 9);
  }

  @Test
  void valueMayBeNone() throws Exception {
    assertThat(decode(records().serialize(row("{}", null), null, null).value()).get("value"))
        .isNull();
  }

  @Test
  void sessionStandsUnderItsBeginningAndLeavesATombstone() throws Exception {
    ProducerRecord<byte[], byte[]> there =
        records().serialize(new SessionValue(row("{}", 2.0), false), null, null);
    assertThat(new String(there.key(), StandardCharsets.UTF_8))
        .isEqualTo("revenue {} 2026-11-01T12:00:00Z/..");
    assertThat(decode(there.value()).get("window_end")).isEqualTo(NOON + HOUR);
    ProducerRecord<byte[], byte[]> gone =
        records().serialize(new SessionValue(row("{}", null), true), null, null);
    assertThat(gone.key()).isEqualTo(there.key());
    assertThat(gone.value()).isNull();
  }

  @Test
  void valueTooLongToBeWrittenIsLeftOut() throws Exception {
    assertThat(records().serialize(row("x".repeat(4_000), 1.0), null, null)).isNotNull();
    assertThat(records().serialize(row("x".repeat(6_000), 1.0), null, null)).isNull();
  }

  @Test
  void lineageNamesTheTopic() throws Exception {
    assertThat(records().getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopics())
        .containsExactly("values");
  }
}
