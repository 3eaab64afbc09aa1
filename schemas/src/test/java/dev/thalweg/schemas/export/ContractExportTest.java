package dev.thalweg.schemas.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.ContractCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractExportTest {
  private static final Streams STREAMS =
      new Streams(
          StreamTopic.named("in"),
          StreamTopic.named("out"),
          StreamTopic.named("bad"),
          StreamTopic.named("users"));

  private static Map<String, String> export(ContractCatalog catalog) {
    return ContractExport.files(catalog, "1", STREAMS);
  }

  @Test
  void writesAFileForEachVersionAndEachStream() {
    assertThat(export(OwnContracts.catalog()))
        .containsKeys(
            "asyncapi/in.json",
            "asyncapi/out.json",
            "asyncapi/bad.json",
            "asyncapi/users.json",
            "json-schema/order_placed/v1.json",
            "json-schema/parcel_sent/v1.json",
            "json-schema/parcel_sent/v2.json",
            "json-schema/_canonical/parcel_sent/v2.json",
            "json-schema/_records/dead_letter/v1.json",
            "json-schema/_records/profile/v1.json")
        .hasSize(4 + 10 * 2 + 4);
  }

  @Test
  void isTheSameEveryTime() {
    assertThat(export(OwnContracts.catalogInAnotherOrder()))
        .isEqualTo(export(OwnContracts.catalog()));
  }

  @Test
  void isTextThatDoesNotDependOnTheMachine() {
    assertThat(export(OwnContracts.catalog()).values())
        .allSatisfy(
            text -> assertThat(text).startsWith("{\n  \"").endsWith("}\n").doesNotContain("\r"));
  }

  @Test
  void theVersionThatProducersNeedNotNameIsTheNewest() {
    Map<String, String> files = export(OwnContracts.catalog());
    assertThat(files.get("json-schema/parcel_sent/v1.json")).contains("\"const\": 1");
    assertThat(files.get("json-schema/parcel_sent/v2.json")).contains("\"enum\": [\n");
  }
}
