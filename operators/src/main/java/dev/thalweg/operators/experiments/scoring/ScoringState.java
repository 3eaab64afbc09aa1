package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.definition.DefinitionSerializer;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;

/**
 * The state of {@link ScoreExperiments}, by phase. It goes when the lateness has passed since the
 * experiment's stop or the beginning of the next phase; of one that has neither it stays. What
 * comes for a phase that nobody defines, as dead letters of one that is gone may, goes when the
 * lateness has passed since.
 */
public final class ScoringState {
  private ScoringState() {}

  /** The sums of the phase, and what was found when minutes closed. */
  static ValueStateDescriptor<PhaseBook> book() {
    return new ValueStateDescriptor<>("book", new PhaseBookSerializer());
  }

  /** The versions of the definition in that phase, by version. */
  static MapStateDescriptor<Integer, ExperimentDefinition> definitions() {
    return new MapStateDescriptor<>(
        "definitions", IntSerializer.INSTANCE, new DefinitionSerializer());
  }

  /** From which event time on a later phase acts, epoch milliseconds; none while there is none. */
  static ValueStateDescriptor<Long> nextPhase() {
    return new ValueStateDescriptor<>("next-phase", LongSerializer.INSTANCE);
  }
}
