package dev.thalweg.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.jobs.testkit.KafkaBroker;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.routing.RoutedRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records go where their route leads, if there is a topic. */
final class RouteRecordsTest {
  @RegisterExtension static final KafkaBroker KAFKA = new KafkaBroker();

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Map<String, Counter> counters = new HashMap<>();

  private RouteRecords records(KafkaConfig kafka, String prefix) throws Exception {
    RouteRecords records = InstantiationUtil.clone(new RouteRecords(kafka, prefix, 1000));
    records.open(counting(), clock::get);
    return records;
  }

  private InitializationContext counting() {
    MetricGroup group =
        new UnregisteredMetricsGroup() {
          @Override
          public Counter counter(String name) {
            return counters.computeIfAbsent(name, super::counter);
          }
        };
    return new InitializationContext() {
      @Override
      public MetricGroup getMetricGroup() {
        return group;
      }

      @Override
      public UserCodeClassLoader getUserCodeClassLoader() {
        return MessageRecordsTest.context().getUserCodeClassLoader();
      }
    };
  }

  private static String prefix(TestInfo test) {
    return test.getTestMethod().orElseThrow().getName() + ".route.";
  }

  private long dropped() {
    return counters.get("routed_dropped").getCount();
  }

  private static ProducerRecord<byte[], byte[]> serialize(
      RouteRecords records, String route, RawRecord record) {
    return records.serialize(new RoutedRecord(route, record), null, 7L);
  }

  @Test
  void recordsGoAsTheyWereRead(TestInfo test) throws Exception {
    KAFKA.createTopic(prefix(test) + "new", 1, Map.of());
    RouteRecords records = records(KAFKA.config(), prefix(test));
    ProducerRecord<byte[], byte[]> record =
        serialize(records, "new", ExperimentRecordsTest.raw("k", "v\0"));
    assertThat(record.topic()).isEqualTo(prefix(test) + "new");
    assertThat(record.timestamp()).isNull();
    assertThat(new String(record.key(), UTF_8)).isEqualTo("k");
    assertThat(new String(record.value(), UTF_8)).isEqualTo("v\0");
    ProducerRecord<byte[], byte[]> empty =
        serialize(records, "new", ExperimentRecordsTest.raw(null, null));
    assertThat(empty.key()).isNull();
    assertThat(empty.value()).isNull();
    assertThat(dropped()).isZero();
    assertThat(serialize(records, "new", ExperimentRecordsTest.raw("k", "v".repeat(1000))))
        .isNull();
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void recordsOfAnAbsentTopicAreLeftOutUntilItIsThere(TestInfo test) throws Exception {
    KAFKA.createTopic(prefix(test) + "there", 1, Map.of());
    RouteRecords records = records(KAFKA.config(), prefix(test));
    RawRecord record = ExperimentRecordsTest.raw("k", "v");
    for (int i = 0; i < 10; i++) {
      assertThat(serialize(records, "late", record)).isNull();
      assertThat(serialize(records, "there", record)).isNotNull();
    }
    assertThat(dropped()).isEqualTo(10);
    KAFKA.createTopic(prefix(test) + "late", 1, Map.of());
    clock.addAndGet(Duration.ofMillis(59_999).toNanos());
    assertThat(serialize(records, "late", record)).as("before a minute has gone").isNull();
    clock.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(serialize(records, "late", record)).isNotNull();
    assertThat(dropped()).isEqualTo(11);
  }

  @Test
  void silenceOfBrokersIsNoAnswer() throws Exception {
    KafkaConfig nobody =
        new KafkaConfig("127.0.0.1:1", Map.of("request.timeout.ms", "500"), Duration.ofMinutes(1));
    PresentTopics topics = new PresentTopics(nobody, clock::get, Duration.ofSeconds(1));
    assertThatThrownBy(() -> topics.has("any"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "whether there is a topic any is not known, as Kafka at 127.0.0.1:1 does not say");
  }
}
