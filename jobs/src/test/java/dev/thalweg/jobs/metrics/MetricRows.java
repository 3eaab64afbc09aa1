package dev.thalweg.jobs.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.operators.testkit.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Values of metrics as a topic and a table tell them, by metric, dimensions and window. */
final class MetricRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final BinaryMessageDecoder<GenericRecord> DECODER =
      new BinaryMessageDecoder<>(
          GenericData.get(), TestEvents.catalog().record("metric_value").schema());

  private MetricRows() {}

  /** What is left of the topic when the latest record of each key counts, and tombstones do. */
  static Map<String, String> ofTopic(MetricsKafkaTrial trial) {
    Map<String, byte[]> latest = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : trial.committed(MetricsKafkaTrial.VALUES)) {
      latest.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
    }
    Map<String, String> rows = new TreeMap<>();
    for (byte[] value : latest.values()) {
      if (value != null) {
        GenericRecord row = decode(value);
        put(
            rows,
            row.get("metric").toString(),
            row.get("dimensions").toString(),
            (Long) row.get("window_start"),
            (Long) row.get("window_end"),
            row.get("value") + " of " + row.get("events") + ", version " + row.get("version"));
      }
    }
    return rows;
  }

  private static GenericRecord decode(byte[] value) {
    try {
      return DECODER.decode(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of the table. */
  static Map<String, String> ofTable(MetricsKafkaTrial trial) {
    Map<String, String> rows = new TreeMap<>();
    for (Map<String, Object> row :
        trial.query(
            "select metric, dimensions::text as d, (extract(epoch from window_start) * 1000)::bigint as s, (extract(epoch from window_end) * 1000)::bigint as e, value, events, version from metric_values")) {
      put(
          rows,
          (String) row.get("metric"),
          (String) row.get("d"),
          (Long) row.get("s"),
          (Long) row.get("e"),
          row.get("value") + " of " + row.get("events") + ", version " + row.get("version"));
    }
    return rows;
  }

  private static void put(
      Map<String, String> rows, String metric, String json, long start, long end, String content) {
    try {
      String key =
          "%s %s %s/%s"
              .formatted(
                  metric,
                  JSON.readValue(json, TreeMap.class),
                  Instant.ofEpochMilli(start),
                  Instant.ofEpochMilli(end));
      if (rows.put(key, content) != null) {
        throw new IllegalStateException("two rows of one key: " + key);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(json, e);
    }
  }
}
