package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContributionSerializerTest {
  @Test
  void copiesAreDeepAsMergingChangesAggregates() {
    ViewGroup group = new ViewGroup(ViewGroup.Kind.WINDOWS, "m", "{}");
    Aggregate.Counts counts = new Aggregate.Counts(1).add(0, 1);
    Contribution original = new Contribution(group, 0, 1, counts, 1);
    Contribution copy = new ContributionSerializer().copy(original);
    counts.add(0, 1);
    assertThat(((Aggregate.Counts) copy.aggregate()).get(0)).isOne();
  }
}
