package dev.thalweg.operators.experiments.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Rules of a phase are one object, however many hits carry them. */
final class RulesCodecTest {
  private static UnitHits hits(PhaseRules rules) {
    return new UnitHits(
        "user_id=u",
        5,
        new Origin("t", 0, 0, 5),
        "c v1",
        "e",
        List.of(new Hit(rules, 0, List.of())));
  }

  private static PhaseRules phase(int number) {
    PhaseRules rules = AttributionSamples.rules();
    return new PhaseRules(
        rules.experiment(), number, rules.variants(), rules.firstCounts(), rules.metrics());
  }

  private static List<PhaseRules> read(List<PhaseRules> all) throws IOException {
    UnitHitsSerializer serializer = new UnitHitsSerializer();
    DataOutputSerializer target = new DataOutputSerializer(64);
    for (PhaseRules rules : all) {
      serializer.serialize(hits(rules), target);
    }
    DataInputDeserializer source = new DataInputDeserializer(target.getCopyOfBuffer());
    List<PhaseRules> read = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      read.add(serializer.deserialize(source).hits().get(0).rules());
    }
    assertThat(source.available()).isZero();
    return read;
  }

  @Test
  void equalRulesAreReadAsOneObject() throws IOException {
    List<PhaseRules> read = read(List.of(phase(1), phase(2), phase(1), phase(2)));
    assertThat(read).containsExactly(phase(1), phase(2), phase(1), phase(2));
    assertThat(read.get(2)).isSameAs(read.get(0));
    assertThat(read.get(3)).isSameAs(read.get(1));
  }

  @Test
  void morePhasesThanAreRememberedAreReadAllTheSame() throws IOException {
    List<PhaseRules> all = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      for (int number = 1; number <= 5_000; number++) {
        all.add(phase(number));
      }
    }
    assertThat(read(all)).isEqualTo(all);
  }
}
