package dev.thalweg.operators.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.testkit.OperatorHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

final class FlushingOperatorTest {
  /** Sends what came, all together. */
  private static final class Gather extends FlushingOperator<String>
      implements OneInputStreamOperator<String, String> {
    private static final long serialVersionUID = 1L;
    private transient List<String> gathered;

    Gather() {
      super(Duration.ofSeconds(5));
    }

    @Override
    public void open() throws Exception {
      gathered = new ArrayList<>();
      super.open();
    }

    @Override
    public void processElement(StreamRecord<String> element) {
      gathered.add(element.getValue());
    }

    @Override
    protected void flush() {
      gathered.forEach(each -> output.collect(new StreamRecord<>(each)));
      gathered.clear();
    }
  }

  private static OperatorHarness<String, String> open() throws Exception {
    return OperatorHarness.ofOperator(Gather::new, Types.STRING, Types.STRING).open();
  }

  @Test
  void watermarkFollowsWhatWasGathered() throws Exception {
    try (var harness = open()) {
      harness.process("a").watermark(1_000);
      assertThat(harness.drainAll()).isEmpty();

      harness.clock(5_000);
      assertThat(harness.drainAll()).containsExactly("a", new Watermark(1_000));
    }
  }

  @Test
  void watermarkGoesOnBeforeTheStreamIsIdle() throws Exception {
    try (var harness = open()) {
      harness.process("a").watermark(1_000);
      harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
      assertThat(harness.drainAll())
          .containsExactly("a", new Watermark(1_000), WatermarkStatus.IDLE);

      harness.clock(5_000);
      assertThat(harness.drainAll()).isEmpty();
    }
  }
}
