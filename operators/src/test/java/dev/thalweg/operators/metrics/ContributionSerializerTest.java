package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.aggregate.Counts;
import org.junit.jupiter.api.Test;

final class ContributionSerializerTest {
  @Test
  void copiesAreDeepAsMergingChangesAggregates() {
    ViewGroup group = new ViewGroup(ViewGroup.Kind.WINDOWS, "m", "{}");
    Counts counts = new Counts(1).add(0, 1);
    Contribution original = new Contribution(group, 0, 1, counts, 1);
    Contribution copy = new ContributionSerializer().copy(original);
    counts.add(0, 1);
    assertThat(((Counts) copy.aggregate()).get(0)).isOne();
  }
}
