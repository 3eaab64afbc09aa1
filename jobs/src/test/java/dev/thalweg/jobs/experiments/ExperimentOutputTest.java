package dev.thalweg.jobs.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.jobs.experiments.ExperimentOutput.Assignment;
import dev.thalweg.jobs.experiments.ExperimentOutput.Letter;
import dev.thalweg.jobs.experiments.ExperimentOutput.Routed;
import dev.thalweg.jobs.experiments.ExperimentOutput.Row;
import dev.thalweg.jobs.kafka.ExperimentTopics;
import dev.thalweg.jobs.kafka.KafkaEnds;
import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.jobs.views.RunEpoch;
import dev.thalweg.operators.event.DeadLetter;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.UnitAssignment;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import dev.thalweg.operators.experiments.scoring.Decision;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Decided;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Document;
import dev.thalweg.operators.experiments.scoring.ExperimentRow.Drops;
import dev.thalweg.operators.experiments.scoring.Verdict;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.Failure;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All that the job writes to Kafka goes by one stream and one sink. */
final class ExperimentOutputTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();

  private static final RawRecord RAW =
      new RawRecord("u1".getBytes(UTF_8), "event".getBytes(UTF_8), new Origin("t", 3, 7, 5));

  private static List<ExperimentOutput> outputs() {
    return List.of(
        new Row(new Document("checkout", 1, "{\"units\": 3}", 9)),
        new Row(
            new Decided(
                "checkout", 1, 60_000, new Decision(Verdict.REVIEW, null, "why"), "{}", null)),
        new Row(new Drops("checkout", 1, "treatment", "unreadable", 2, 5, 9)),
        new Assignment(new UnitAssignment("user_id=u1", "checkout", 1, "treatment", 1, 2)),
        new Routed(new RoutedRecord("there", RAW)),
        new Routed(new RoutedRecord("absent", RAW)),
        new Letter(new DeadLetter("select", Failure.UNREADABLE, "broken", "unknown", RAW)));
  }

  @Test
  void outputsComeThroughSerializationAsTheyWere() throws Exception {
    TypeSerializer<ExperimentOutput> serializer =
        ExperimentOutput.TYPE.createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (ExperimentOutput output : outputs()) {
      serializer.serialize(output, out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (ExperimentOutput output : outputs()) {
      ExperimentOutput read = serializer.duplicate().deserialize(in);
      // Records with arrays are not equal to their copies.
      assertThat(read).usingRecursiveComparison().isEqualTo(output);
      assertThat(read.getClass()).isEqualTo(output.getClass());
    }
    assertThat(in.available()).isZero();
  }

  @Test
  void oneSinkWritesEachToItsTopic() throws Exception {
    ExperimentTopics topics =
        new ExperimentTopics(
            "out.scorecards", "out.decisions", "out.units", "out.route.", "out.dlq");
    for (String topic :
        List.of("out.scorecards", "out.decisions", "out.units", "out.route.there", "out.dlq")) {
      KAFKA.createTopic(topic, 1, Map.of());
    }
    StreamExecutionEnvironment env = FLINK.env();
    env.enableCheckpointing(500);
    KafkaEnds kafka = new KafkaEnds(KAFKA.config());
    var records =
        kafka.experimentRecords(topics, ContractCatalog::fromClassPath, null, new RunEpoch(0));
    env.fromData(ExperimentOutput.TYPE, outputs().toArray(ExperimentOutput[]::new))
        .rebalance()
        .sinkTo(
            kafka.sink(
                new ExperimentOutputRecords(records), DeliveryGuarantee.EXACTLY_ONCE, "out-test"));
    env.execute("outputs");
    assertThat(values("out.scorecards")).containsExactly("{\"version\":9,\"units\": 3}");
    assertThat(values("out.decisions")).singleElement().asString().contains("\"review\"");
    assertThat(values("out.units")).singleElement().asString().contains("\"unit\":\"u1\"");
    assertThat(values("out.route.there")).containsExactly("event");
    assertThat(KAFKA.committed("out.dlq")).hasSize(1);
  }

  private static List<String> values(String topic) {
    return KAFKA.committed(topic).stream()
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }
}
