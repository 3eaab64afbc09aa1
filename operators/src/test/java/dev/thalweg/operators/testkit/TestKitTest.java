package dev.thalweg.operators.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.operators.event.Event;
import dev.thalweg.operators.event.Message;
import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit itself: what it says of an operator must be true. */
final class TestKitTest {
  @RegisterExtension static final FlinkCluster FLINK = new FlinkCluster();

  /** Counts by key; forgets at the watermark 100. */
  private static final class CountByKey extends KeyedProcessFunction<String, String, Long> {
    private static final long serialVersionUID = 1L;
    private transient ValueState<Long> count;
    private transient Counter seen;

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
      seen = getRuntimeContext().getMetricGroup().addGroup("kind", "all").counter("seen");
    }

    @Override
    public void processElement(String value, Context context, Collector<Long> out)
        throws Exception {
      seen.inc();
      count.update(count.value() == null ? 1 : count.value() + 1);
      context.timerService().registerEventTimeTimer(100);
      out.collect(count.value());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Long> out) {
      count.clear();
    }
  }

  private static OperatorHarness.Plan<String, Long> plan() {
    return OperatorHarness.keyed(CountByKey::new, value -> value, Types.STRING, Types.LONG);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void harnessTellsStateTimersAndCounters(Backend backend) throws Exception {
    try (var harness = plan().on(backend).open()) {
      harness.process("a", "b", "a");
      assertThat(harness.drain()).containsExactly(1L, 1L, 2L);
      assertThat(harness.counter("seen")).isEqualTo(3);
      assertThat(harness.counter("seen", "kind", "all")).isEqualTo(3);
      assertThat(harness.counter("seen", "kind", "none")).isZero();
      assertThat(harness.timers()).isEqualTo(2);
      assertThatThrownBy(harness::assertNothingLeft).isInstanceOf(AssertionError.class);
      harness.watermark(100).assertNothingLeft();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void harnessRestoresAndRescales(Backend backend) throws Exception {
    var plan = plan().on(backend);
    List<String> keys = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    try (var harness = plan.open()) {
      harness.process(keys.toArray(String[]::new));
      var snapshot = harness.snapshot();
      try (var restored = plan.restore(snapshot)) {
        assertThat(restored.process("a").drain()).containsExactly(2L);
      }
      var subtasks = plan.rescale(3, snapshot);
      for (String key : keys) {
        var subtask = subtasks.get(OperatorHarness.subtask(key, 3));
        assertThat(subtask.process(key).drain()).containsExactly(2L);
      }
      for (var subtask : subtasks) {
        subtask.close();
      }
    }
  }

  static List<Contract> contracts() {
    return TestEvents.catalog().events();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void eventsOfEveryContractAreValidInEveryForm(Contract contract) {
    EventDecoder decoder = new EventDecoder(TestEvents.catalog(), 1 << 20, true);
    TestEvents event = TestEvents.event(contract.type()).anonymous("device").from(3, 7);
    assertThat(decoder.decode(event.json().getBytes(StandardCharsets.UTF_8)))
        .as(decoder.message())
        .isTrue();
    assertThat(decoder.decode(event.avro())).as(decoder.message()).isTrue();
    Event decoded = event.decoded();
    assertThat(decoded.subject()).isEqualTo("device");
    assertThat(decoded.origin().offset()).isEqualTo(7);
  }

  @Test
  void clusterRunsJobsAndSinkCollects() throws Exception {
    try (CollectingSink<Message> sink = new CollectingSink<>()) {
      Message event = TestEvents.event("page_viewed").decoded();
      var env = FLINK.env();
      env.fromData(List.of(event, event), MessageTypes.MESSAGE).keyBy(Message::key).sinkTo(sink);
      env.execute();
      assertThat(sink.collected()).hasSize(2);
      assertThat(((Event) sink.collected().get(0)).subject()).isEqualTo("u1");
    }
  }
}
