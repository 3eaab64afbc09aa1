package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.FixedTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Type information of what goes to attribution and comes from it. */
public final class AttributionTypes {
  /** Of {@link UnitHits}. */
  public static final TypeInformation<UnitHits> UNIT_HITS =
      new FixedTypeInfo<>(UnitHits.class, UnitHitsSerializer::new);

  /** Of {@link PhaseDelta}. */
  public static final TypeInformation<PhaseDelta> PHASE_DELTA =
      new FixedTypeInfo<>(PhaseDelta.class, PhaseDeltaSerializer::new);

  /** Of {@link UnitAssignment}. */
  public static final TypeInformation<UnitAssignment> UNIT_ASSIGNMENT =
      new FixedTypeInfo<>(UnitAssignment.class, UnitAssignmentSerializer::new);

  private AttributionTypes() {}
}
