package dev.thalweg.operators.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

final class AwaitReferenceDataTest {
  private static OperatorHarness.Plan<RawRecord, RawRecord> plan(Map<Integer, Long> lastOffsets) {
    return OperatorHarness.ofOperator(
        () -> new AwaitReferenceData(() -> lastOffsets),
        MessageTypes.RAW_RECORD,
        MessageTypes.RAW_RECORD);
  }

  private static RawRecord record(int partition, long offset) {
    return new RawRecord(
        new byte[] {1}, null, new Origin("reference.profiles", partition, offset, 0));
  }

  @Test
  void holdsTheWatermarkUntilTheLastOffsetOfEveryPartitionIsReached() throws Exception {
    try (var harness = plan(Map.of(0, 1L, 1, 5L)).open()) {
      RawRecord[] early = {record(0, 0), record(1, 0), record(0, 1), record(1, 4), record(0, 2)};
      harness.watermark(1_000);
      harness.flink().processWatermarkStatus(WatermarkStatus.IDLE);
      harness.flink().processWatermarkStatus(WatermarkStatus.ACTIVE);
      assertThat(harness.process(early).drainAll()).containsExactly((Object[]) early);
      RawRecord last = record(1, 5);
      assertThat(harness.process(last).drainAll()).containsExactly(last, WatermarkStatus.IDLE);
      RawRecord later = record(1, 6);
      assertThat(harness.process(later).watermark(2_000).drainAll()).containsExactly(later);
    }
  }

  @Test
  void reachesAnOffsetThatCompactionLeftOut() throws Exception {
    try (var harness = plan(Map.of(0, 5L)).open()) {
      assertThat(harness.process(record(0, 4), record(0, 7)).drainAll())
          .endsWith(WatermarkStatus.IDLE);
    }
  }

  @Test
  void emptyTopicOpensAtOnce() throws Exception {
    try (var harness = plan(Map.of()).open()) {
      harness.flink().setProcessingTime(1);
      assertThat(harness.drainAll()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void endOfBoundedDataOpens() throws Exception {
    try (var harness = plan(Map.of(0, 100L)).open()) {
      assertThat(harness.process(record(0, 3)).drainAll()).hasSize(1);
      assertThat(harness.end().drainAll()).containsExactly(WatermarkStatus.IDLE);
    }
  }

  @Test
  void restoredStateCountsAsReached() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = plan(Map.of(0, 5L, 1, 2L)).open()) {
      harness.process(record(0, 5), record(1, 1));
      snapshot = harness.snapshot();
    }
    try (var harness = plan(Map.of(0, 5L, 1, 2L)).restore(snapshot)) {
      harness.flink().setProcessingTime(1);
      assertThat(harness.drainAll()).isEmpty();
      assertThat(harness.process(record(1, 2)).drainAll()).endsWith(WatermarkStatus.IDLE);
      snapshot = harness.snapshot();
    }
    try (var harness = plan(Map.of(0, 5L, 1, 2L)).restore(snapshot)) {
      harness.flink().setProcessingTime(1);
      assertThat(harness.drainAll()).containsExactly(WatermarkStatus.IDLE);
    }
    try (var harness = plan(Map.of(0, 6L)).restore(snapshot)) {
      harness.flink().setProcessingTime(1);
      assertThat(harness.drainAll()).isEmpty();
    }
  }

  /** Events on channel 0, reference data on channel 1, as they meet before the shuffle's reader. */
  @Test
  void watermarkOfTheEventsIsNeverOvertakenEvenWhenTheyFallIdle() throws Exception {
    Met met = new Met();
    StatusWatermarkValve valve = new StatusWatermarkValve(2);
    valve.inputWatermark(new Watermark(10), 0, met);
    assertThat(met.watermarks).isEmpty();
    try (var harness = plan(Map.of(0, 0L)).open()) {
      harness.process(record(0, 0));
      for (Object out : harness.drainAll()) {
        if (out instanceof Watermark watermark) {
          valve.inputWatermark(watermark, 1, met);
        } else if (out instanceof WatermarkStatus status) {
          valve.inputWatermarkStatus(status, 1, met);
        }
      }
    }
    assertThat(met.watermarks).containsExactly(10L);
    valve.inputWatermarkStatus(WatermarkStatus.IDLE, 0, met);
    valve.inputWatermarkStatus(WatermarkStatus.ACTIVE, 0, met);
    valve.inputWatermark(new Watermark(20), 0, met);
    assertThat(met.watermarks).containsExactly(10L, 20L);
  }

  private static final class Met implements PushingAsyncDataInput.DataOutput<RawRecord> {
    private final List<Long> watermarks = new ArrayList<>();
    private final Counter others = new SimpleCounter();

    @Override
    public void emitRecord(StreamRecord<RawRecord> record) {
      others.inc();
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      watermarks.add(watermark.getTimestamp());
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
      others.inc();
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
      others.inc();
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
      others.inc();
    }

    @Override
    public void emitWatermark(org.apache.flink.runtime.event.WatermarkEvent watermark) {
      others.inc();
    }
  }
}
