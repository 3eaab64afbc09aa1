package dev.thalweg.operators.experiments.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.operators.testkit.Oracles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** GrowthBook's own cases. */
final class GrowthBookCasesTest {
  private static JsonNode cases(String section, int atLeast) throws IOException {
    JsonNode cases = Oracles.json("growthbook-cases.json").get(section);
    assertThat(cases).hasSizeGreaterThanOrEqualTo(atLeast);
    return cases;
  }

  private static BucketRange range(JsonNode pair) {
    return new BucketRange(pair.get(0).doubleValue(), pair.get(1).doubleValue());
  }

  @Test
  void hashesAsGrowthBook() throws IOException {
    for (JsonNode each : cases("hash", 15)) {
      String seed = each.get(0).textValue();
      String value = each.get(1).textValue();
      Optional<Double> hash =
          GrowthBookHash.ofVersion(each.get(2).intValue())
              .map(version -> version.hash(seed, value));
      JsonNode expected = each.get(3);
      assertThat(hash)
          .as(each.toString())
          .isEqualTo(expected.isNull() ? Optional.empty() : Optional.of(expected.doubleValue()));
    }
  }

  @Test
  void laysOutRangesAsGrowthBook() throws IOException {
    for (JsonNode each : cases("getBucketRange", 13)) {
      JsonNode of = each.get(1);
      double[] weights =
          StreamSupport.stream(of.get(2).spliterator(), false)
              .mapToDouble(JsonNode::doubleValue)
              .toArray();
      BucketRanges ranges = BucketRanges.of(of.get(0).intValue(), of.get(1).doubleValue(), weights);
      JsonNode expected = each.get(2);
      assertThat(ranges.arms()).as(each.toString()).isEqualTo(expected.size());
      for (int arm = 0; arm < ranges.arms(); arm++) {
        BucketRange range = range(expected.get(arm));
        assertThat(ranges.range(arm).start()).isCloseTo(range.start(), within(1e-9));
        assertThat(ranges.range(arm).end()).isCloseTo(range.end(), within(1e-9));
      }
    }
  }

  @Test
  void choosesAsGrowthBook() throws IOException {
    for (JsonNode each : cases("chooseVariation", 13)) {
      List<BucketRange> ranges = new ArrayList<>();
      each.get(2).forEach(pair -> ranges.add(range(pair)));
      assertThat(new BucketRanges(ranges).choose(each.get(1).doubleValue()))
          .as(each.toString())
          .isEqualTo(each.get(3).intValue());
    }
  }

  @Test
  void knowsWhoIsInANamespaceAsGrowthBook() throws IOException {
    for (JsonNode each : cases("inNamespace", 16)) {
      JsonNode of = each.get(2);
      BucketRange part = new BucketRange(of.get(1).doubleValue(), of.get(2).doubleValue());
      assertThat(new Namespace(of.get(0).textValue(), part).contains(each.get(1).textValue()))
          .as(each.toString())
          .isEqualTo(each.get(3).booleanValue());
    }
  }
}
