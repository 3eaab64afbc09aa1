package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.event.FixedTypeInfo;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/**
 * A version of an experiment's definition, for one phase: its own, or the one that it ends.
 *
 * @param key of the phase that is told
 * @param definition the version
 */
public record PhaseVersion(String key, ExperimentDefinition definition) {
  /** Type information of versions told. */
  public static final TypeInformation<PhaseVersion> TYPE =
      new FixedTypeInfo<>(PhaseVersion.class, PhaseVersionSerializer::new);

  /** Refuses missing parts. */
  public PhaseVersion {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(definition, "definition");
  }

  /** Tells a version to its phase, and to the phase before, which is over then. */
  public static void tell(ExperimentDefinition definition, Collector<PhaseVersion> out) {
    int phase = definition.phase();
    for (int told = phase; told >= Math.max(1, phase - 1); told--) {
      out.collect(new PhaseVersion(PhaseShape.key(definition.experiment(), told), definition));
    }
  }

  /** Whether the phase that is told is over by it. */
  boolean endsPhase() {
    return !key.equals(PhaseShape.key(definition.experiment(), definition.phase()));
  }
}
