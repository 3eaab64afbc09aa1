package dev.thalweg.operators.experiments.attribution;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/** The state of {@link AttributeOutcomes}, by unit. */
public final class AttributionState {
  private AttributionState() {}

  /** By phase: exposures and outcomes; until the retention after the last event. */
  public static MapStateDescriptor<String, UnitPhase> phases() {
    return new MapStateDescriptor<>("phases", StringSerializer.INSTANCE, new UnitPhaseSerializer());
  }
}
