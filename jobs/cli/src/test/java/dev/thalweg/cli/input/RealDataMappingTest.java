package dev.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.thalweg.cli.RealData;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.EventDecoder;
import dev.thalweg.schemas.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RealDataMappingTest {

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static InputFile open(String data, String mapping) throws IOException {
    Path file = RealData.root().resolve("flink-conf/mappings").resolve(mapping);
    return InputFile.open(RealData.file(data), Optional.of(MappingFile.read(file)), CATALOG);
  }

  /**
   * How many records the decoder of the pipeline takes for events of which type, or refuses for
   * what.
   */
  private static Map<String, Integer> judged(InputFile file) {
    EventDecoder decoder = new EventDecoder(CATALOG, 1 << 20, true);
    Map<String, Integer> counts = new TreeMap<>();
    file.forEachRemaining(
        record -> {
          boolean event = decoder.decode(record.value());
          String what = event ? decoder.contract().type() : decoder.failure().label();
          if (event == (record.key() == null)) {
            what += " with wrong key";
          }
          counts.merge(what, 1, Integer::sum);
        });
    return counts;
  }

  @Test
  void rees46BecomesEventsOfItsTypes() throws IOException {
    JsonNode expected = JSON.readTree(RealData.file("rees46/expected.json").toFile());
    try (InputFile file = open("rees46/events.csv", "rees46.yaml")) {
      Map<String, Integer> counts = judged(file);

      assertThat(file.counts().rows()).isEqualTo(expected.get("rows").asLong());
      assertThat(file.counts().unparsed()).isEqualTo(1);
      assertThat(file.counts().withoutRecord()).isZero();
      assertThat(counts)
          // The row that is cut off is a view.
          .containsEntry("product_viewed", expected.at("/event_types/view").asInt() - 1)
          .containsEntry("cart_added", expected.at("/event_types/cart").asInt())
          .containsEntry("order_placed", expected.at("/event_types/purchase").asInt())
          .containsEntry(Failure.UNREADABLE.label(), 1)
          .hasSize(4);
    }
  }

  @Test
  void abDataBecomesExposuresAndGoals() throws IOException {
    JsonNode expected = JSON.readTree(RealData.file("ab_data/expected-attribution.json").toFile());
    try (InputFile file = open("ab_data/ab_data.csv", "ab_data.yaml")) {
      assertThat(judged(file))
          .containsExactly(
              Map.entry("experiment_exposed", expected.get("exposures").asInt()),
              Map.entry("goal_reached", expected.get("goals").asInt()));
      assertThat(file.counts().unparsed()).isZero();
    }
  }

  @Test
  void countriesBecomeProfiles() throws IOException {
    try (InputFile file = open("ab_data/countries.csv", "ab_data-countries.yaml")) {
      file.forEachRemaining(record -> {});

      assertThat(file.counts().unparsed()).isZero();
      assertThat(file.counts().records()).isEqualTo(file.counts().rows());
    }
  }
}
