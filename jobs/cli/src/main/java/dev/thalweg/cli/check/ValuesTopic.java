package dev.thalweg.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RecordJson;
import dev.thalweg.cli.kafka.CommittedRecords;
import dev.thalweg.cli.kafka.KafkaConnection;
import dev.thalweg.cli.postgres.PostgresAddress;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The compacted topic of values of metrics, and the table that must say the same. */
record ValuesTopic(KafkaConnection kafka, String topic, ContractCatalog catalog) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TABLE =
      "select metric, dimensions::text, window_start, window_end, value, events, version from views.metric_values";

  /** What is left when of each key the latest record counts, by metric, window and dimensions. */
  Map<String, String> latest() {
    Map<String, byte[]> records = new HashMap<>();
    new CommittedRecords(kafka, topic)
        .read(
            false,
            record -> {
              records.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
              return true;
            });
    RecordJson json = new RecordJson(catalog);
    Map<String, String> rows = new TreeMap<>();
    for (byte[] value : records.values()) {
      if (value != null) {
        JsonNode row = json.read(value);
        rows.put(
            key(
                row.get("metric").asText(),
                row.get("dimensions").asText(),
                Instant.parse(row.get("window_start").asText()),
                Instant.parse(row.get("window_end").asText())),
            row.get("value").asDouble()
                + " of "
                + row.get("events").asLong()
                + ", version "
                + row.get("version").asLong());
      }
    }
    return rows;
  }

  /** The same of the table. */
  static Map<String, String> table(PostgresAddress postgres) throws SQLException {
    Map<String, String> rows = new TreeMap<>();
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(TABLE)) {
      while (found.next()) {
        rows.put(
            key(
                found.getString(1),
                found.getString(2),
                found.getTimestamp(3).toInstant(),
                found.getTimestamp(4).toInstant()),
            found.getDouble(5) + " of " + found.getLong(6) + ", version " + found.getLong(7));
      }
    }
    return rows;
  }

  /** A table may order and space the fields of JSON otherwise. */
  private static String key(String metric, String dimensions, Instant start, Instant end) {
    try {
      return "%s %s/%s %s".formatted(metric, start, end, JSON.readValue(dimensions, TreeMap.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(dimensions, e);
    }
  }
}
