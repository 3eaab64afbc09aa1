package dev.thalweg.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.scoring.Decision;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.Verdict;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What readers of scorecards, decisions and assignments get. */
final class ExperimentRecordsTest {
  private static final long NOON = 1_793_534_400_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ExperimentRowRecords rows() throws Exception {
    ExperimentRowRecords records =
        InstantiationUtil.clone(
            new ExperimentRowRecords("scorecards", "decisions", 10_000, new RunEpoch(1)));
    records.open(MessageRecordsTest.context(), null);
    return records;
  }

  private static AssignmentRecords assignments() throws Exception {
    AssignmentRecords records =
        InstantiationUtil.clone(new AssignmentRecords("assignments", 10_000));
    records.open(MessageRecordsTest.context(), null);
    return records;
  }

  private static void assertRecord(
      ProducerRecord<byte[], byte[]> record, String topic, String key, String json)
      throws Exception {
    assertThat(record.topic()).isEqualTo(topic);
    assertThat(record.timestamp()).isNull();
    assertThat(record.partition()).isNull();
    assertThat(new String(record.key(), UTF_8)).isEqualTo(key);
    assertThat(JSON.readTree(record.value())).isEqualTo(JSON.readTree(json));
  }

  private static Decided decided(String variant, String reason) {
    Decision decision = new Decision(Verdict.ROLLBACK, variant, reason);
    return new Decided("checkout", 2, NOON, decision, "{\"units\":7,\"p\":null}", "{}");
  }

  @Test
  void documentsAreScorecardsOfTheirExperiment() throws Exception {
    assertRecord(
        rows().serialize(new Document("checkout", 2, "{\"é\":1}", 5), null, 7L),
        "scorecards",
        "checkout",
        "{\"version\": 1099511627781, \"é\": 1}");
  }

  @Test
  void decisionsSayWhatWhenAndWhy() throws Exception {
    assertRecord(
        rows().serialize(decided("treatment", "it \"fell\""), null, 7L),
        "decisions",
        "checkout",
        """
        {"experiment": "checkout", "phase": 2, "decided_at": "2026-11-01T12:00:00Z", "decision": "rollback",
         "variant": "treatment", "reason": "it \\"fell\\"", "evidence": {"units": 7, "p": null}}
        """);
    assertThat(
            JSON.readTree(rows().serialize(decided(null, "r"), null, null).value())
                .get("variant")
                .isNull())
        .isTrue();
  }

  @Test
  void otherRowsAreForTablesAlone() throws Exception {
    assertThat(rows().serialize(new Drops("checkout", 1, "a", "f", 1, 1, 1), null, null)).isNull();
  }

  @Test
  void assignmentsStandUnderTheValueOfTheUnit() throws Exception {
    assertRecord(
        assignments()
            .serialize(
                new UnitAssignment("user_id=u=1", "checkout", 2, "treatment", NOON, NOON + 1500),
                null,
                7L),
        "assignments",
        "u=1",
        """
        {"unit": "u=1", "unit_kind": "user_id", "experiment": "checkout", "phase": 2, "variant": "treatment",
         "exposed_at": "2026-11-01T12:00:00Z", "arrival": "2026-11-01T12:00:01.500Z"}
        """);
  }

  @Test
  void whatIsTooLongToBeWrittenIsLeftOut() throws Exception {
    ExperimentRowRecords rows = rows();
    int version = "{\"version\":1099511627777,".length();
    String fits = "{" + "x".repeat(9_999 - version);
    assertThat(rows.serialize(new Document("c", 1, fits, 1), null, null)).isNotNull();
    assertThat(rows.serialize(new Document("c", 1, fits + "x", 1), null, null)).isNull();
    assertThat(rows.serialize(decided("a", "x".repeat(10_000)), null, null)).isNull();
    // In key and value.
    UnitAssignment long5k =
        new UnitAssignment("user_id=" + "u".repeat(5_000), "checkout", 1, "a", 1, 1);
    assertThat(assignments().serialize(long5k, null, null)).isNull();
  }

  @Test
  void lineageNamesTheTopics() throws Exception {
    assertThat(rows().getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopics())
        .containsExactly("scorecards", "decisions");
    assertThat(assignments().getKafkaDatasetFacet().orElseThrow().getTopicIdentifier().getTopics())
        .containsExactly("assignments");
    RouteRecords routes = new RouteRecords(null, "dep.experiments.route.", 1);
    assertThat(
            routes
                .getKafkaDatasetFacet()
                .orElseThrow()
                .getTopicIdentifier()
                .getTopicPattern()
                .matcher("dep.experiments.route.new")
                .matches())
        .isTrue();
  }

  @Test
  void unitsThatHoldWhatUtf8DoesNotAreWritten() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        assignments()
            .serialize(new UnitAssignment("user_id=\ud800", "c", 1, "a", 1, 1), null, null);
    assertThat(JSON.readTree(record.value()).get("unit").asText()).isEqualTo("?");
  }

  static RawRecord raw(String key, String value) {
    return new RawRecord(
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        new Origin("events", 0, 1, NOON));
  }
}
