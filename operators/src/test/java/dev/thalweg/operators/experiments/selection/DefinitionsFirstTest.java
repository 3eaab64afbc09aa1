package dev.thalweg.operators.experiments.selection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.enrich.AwaitReferenceData;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.attribution.UnitHits;
import dev.thalweg.operators.experiments.definition.DecodeDefinitions;
import dev.thalweg.operators.experiments.definition.DefinitionJson;
import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.routing.RouteExperiments;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import dev.thalweg.operators.experiments.routing.RoutedRecordSerializer;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.CollectingSink;
import dev.thalweg.operators.testkit.FlinkCluster;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** On a cluster, events that were read long before the definitions meet all of them. */
final class DefinitionsFirstTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  private static final int EVENTS = 200;
  private static final int EXPERIMENTS = 20;

  /** Definitions are read when all events were. */
  private static final CountDownLatch EVENTS_READ = new CountDownLatch(EVENTS);

  private static List<RawRecord> events() {
    List<RawRecord> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(CanonicalEvents.of(TestEvents.event("order_placed").id("e" + i).user("u" + i)));
    }
    return events;
  }

  private static List<RawRecord> definitions() {
    List<RawRecord> definitions = new ArrayList<>();
    for (int i = 0; i < EXPERIMENTS; i++) {
      ExperimentDefinition definition =
          Experiments.of("e" + i).weights(0, 1).routes("route-" + i, "order_placed").build();
      definitions.add(
          new RawRecord(
              definition.key().getBytes(UTF_8),
              DefinitionJson.write(definition).getBytes(UTF_8),
              new Origin("experiments.definitions", 0, i, 0)));
    }
    return definitions;
  }

  private static RawRecord countDown(RawRecord event) {
    EVENTS_READ.countDown();
    return event;
  }

  private static RawRecord await(RawRecord definition) throws InterruptedException {
    assertThat(EVENTS_READ.await(60, TimeUnit.SECONDS)).isTrue();
    return definition;
  }

  @Test
  void everyEventMeetsEveryDefinitionThatWasThereAtTheStart() throws Exception {
    StreamExecutionEnvironment env = FLINK.env();
    DataStream<RawRecord> events =
        env.fromData(events(), MessageTypes.RAW_RECORD)
            .map(DefinitionsFirstTest::countDown, MessageTypes.RAW_RECORD)
            .rebalance();
    DataStream<ExperimentDefinition> definitions =
        env.fromData(definitions(), MessageTypes.RAW_RECORD)
            .map(DefinitionsFirstTest::await, MessageTypes.RAW_RECORD)
            .setParallelism(1)
            .transform(
                "await",
                MessageTypes.RAW_RECORD,
                new AwaitReferenceData(() -> Map.of(0, EXPERIMENTS - 1L)))
            .setParallelism(1)
            .process(new DecodeDefinitions(), DefinitionSerializer.TYPE)
            .setParallelism(1)
            .broadcast();
    SelectionConfig config = new SelectionConfig(Duration.ofHours(48), Duration.ofSeconds(1));
    try (CollectingSink<UnitHits> hits = new CollectingSink<>();
        CollectingSink<RoutedRecord> routed = new CollectingSink<>()) {
      events
          .connect(definitions)
          .transform(
              "select",
              AttributionTypes.UNIT_HITS,
              new SelectHits(ContractCatalog::fromClassPath, null, config))
          .sinkTo(hits);
      events
          .connect(definitions)
          .transform(
              "route",
              RoutedRecordSerializer.TYPE,
              new RouteExperiments(ContractCatalog::fromClassPath, null, config.lateness()))
          .sinkTo(routed);
      env.execute();
      assertThat(hits.collected()).hasSize(EVENTS);
      assertThat(hits.collected()).allMatch(each -> each.hits().size() == EXPERIMENTS);
      assertThat(routed.collected()).hasSize(EVENTS * EXPERIMENTS);
    }
  }
}
