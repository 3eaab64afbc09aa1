package dev.thalweg.operators.experiments.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.definition.Definitions;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

final class PhaseVersionTest {
  private static List<PhaseVersion> told(ExperimentDefinition definition) {
    List<PhaseVersion> told = new ArrayList<>();
    PhaseVersion.tell(definition, new ListCollector<>(told));
    return told;
  }

  private static ExperimentDefinition inPhase(int phase) {
    ExperimentDefinition checkout = Definitions.checkout();
    return new ExperimentDefinition(
        checkout.experiment(),
        7,
        phase,
        checkout.owner(),
        checkout.effectiveFrom(),
        checkout.stop(),
        checkout.design(),
        checkout.guardrails(),
        checkout.statistics(),
        checkout.policy());
  }

  @Test
  void aVersionIsToldToItsPhaseAndToTheOneThatItEnds() {
    assertThat(told(inPhase(3)))
        .containsExactly(
            new PhaseVersion("checkout/3", inPhase(3)), new PhaseVersion("checkout/2", inPhase(3)));
    assertThat(told(inPhase(3))).extracting(PhaseVersion::endsPhase).containsExactly(false, true);
  }

  @Test
  void theFirstPhaseEndsNone() {
    assertThat(told(inPhase(1))).containsExactly(new PhaseVersion("checkout/1", inPhase(1)));
  }
}
