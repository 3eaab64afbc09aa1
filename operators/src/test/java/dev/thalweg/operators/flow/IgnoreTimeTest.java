package dev.thalweg.operators.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.testkit.OperatorHarness;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

final class IgnoreTimeTest {
  @Test
  void elementsPassAndTimeDoesNot() throws Exception {
    var plan = OperatorHarness.ofOperator(IgnoreTime<String>::new, Types.STRING, Types.STRING);
    try (var harness = plan.open()) {
      harness.clock(1);
      assertThat(harness.drainAll()).containsExactly(WatermarkStatus.IDLE);
      harness.process("a").watermark(1_000);
      harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
      harness.flink().processWatermarkStatus(WatermarkStatus.ACTIVE);
      harness.process("b").end();
      assertThat(harness.drainAll()).containsExactly("a", "b");
    }
  }
}
