package dev.thalweg.operators.enrich;

import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;

/** The state of {@link AwaitReferenceData}. */
public final class ReferenceState {
  private ReferenceState() {}

  /** The offset reached in each partition; one entry a partition, for as long as the job lives. */
  public static ListStateDescriptor<Tuple2<Integer, Long>> offsetsReached() {
    return new ListStateDescriptor<>("offsets-reached", Types.TUPLE(Types.INT, Types.LONG));
  }
}
