package dev.thalweg.schemas.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.schemas.Contract;
import dev.thalweg.schemas.ContractCatalog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemasTest {
  private static final ContractCatalog CATALOG = OwnContracts.catalog();
  private static final SchemaCheck META = SchemaCheck.byMetaSchema();

  static List<ObjectNode> all() {
    List<ObjectNode> schemas = new ArrayList<>();
    for (Contract event : CATALOG.events()) {
      schemas.add(JsonSchemas.edge(event, true));
      schemas.add(JsonSchemas.edge(event, false));
      schemas.add(JsonSchemas.canonical(event));
    }
    CATALOG.records().forEach(contract -> schemas.add(JsonSchemas.record(contract)));
    return schemas;
  }

  @ParameterizedTest
  @MethodSource("all")
  void isValidByTheMetaSchema(ObjectNode schema) {
    assertThat(META.problems(schema)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"text\"}",
        "{\"required\": \"user_id\"}",
        "{\"properties\": {\"a\": {\"minimum\": \"0\"}}}",
        "{\"anyOf\": []}",
        "{\"$id\": 7}"
      })
  void theMetaSchemaRefusesWhatIsBroken(String schema) {
    assertThat(META.problems(SchemaCheck.tree(schema))).isNotEmpty();
  }

  private static JsonNode edge(String type) {
    return JsonSchemas.edge(CATALOG.newest(type).orElseThrow(), true);
  }

  @Test
  void tellsWhatAContractSays() {
    JsonNode schema = edge("order_placed");
    assertThat(schema.get("description").asText())
        .isEqualTo("An order, or one line of it, was placed.");
    assertThat(schema.get("x-owner").asText()).isEqualTo("checkout");
    assertThat(schema.at("/properties/event_type/const").asText()).isEqualTo("order_placed");
    assertThat(schema.get("required").toString())
        .isEqualTo("[\"event_type\",\"event_id\",\"event_time\",\"amount_cents\"]");
    assertThat(schema.at("/properties/quantity").toString())
        .isEqualTo(
            "{\"minimum\":-2147483648,\"maximum\":2147483647,\"type\":[\"integer\",\"null\"],"
                + "\"default\":1,\"description\":\"How many units.\"}");
    assertThat(schema.get("x-rules"))
        .extracting(rule -> rule.get("cel").asText())
        .contains("amount_cents >= 0");
    assertThat(schema.get("additionalProperties").asBoolean()).isTrue();
  }

  @Test
  void marksWhatIsPersonal() {
    JsonNode personal = edge("user_signed_up").at("/properties/email/x-personal");
    assertThat(personal.get("class").asText()).isEqualTo("email");
    assertThat(personal.get("protection").asText()).isEqualTo("pseudonymize");
  }

  @Test
  void marksWhatIsOnItsWayOut() {
    JsonNode old = JsonSchemas.edge(CATALOG.find("parcel_sent", 1).orElseThrow(), false);
    assertThat(old.get("deprecated").asBoolean()).isTrue();
    assertThat(old.at("/properties/carrier/deprecated").asBoolean()).isTrue();
    assertThat(edge("parcel_sent").has("deprecated")).isFalse();
  }

  @Test
  void showsDefaultsAsProducersWouldSendThem() {
    JsonNode properties = edge("parcel_sent").get("properties");
    assertThat(properties.at("/label/default").asText()).isEqualTo("AP8=");
    assertThat(properties.at("/weight/default").asDouble()).isEqualTo(0.5);
    assertThat(properties.at("/height/default").isNull()).isTrue();
    assertThat(properties.at("/event_id").has("default")).isFalse();
  }

  @Test
  void onlyTheNewestVersionMayGoUnnamed() {
    Contract old = CATALOG.find("parcel_sent", 1).orElseThrow();
    assertThat(JsonSchemas.edge(old, false).get("required").toString())
        .contains("\"contract_version\"");
    assertThat(edge("parcel_sent").get("required").toString()).doesNotContain("contract_version");
  }

  @Test
  void canonicalRecordsShowWhatThePipelineAdds() {
    JsonNode schema = JsonSchemas.canonical(CATALOG.newest("order_placed").orElseThrow());
    assertThat(schema.get("required").toString())
        .contains("ingested_at", "contract_version", "pipeline_version", "enrichment")
        .doesNotContain("user_id");
    assertThat(schema.at("/properties/ingested_at/format").asText()).isEqualTo("date-time");
    assertThat(schema.at("/properties/enrichment/additionalProperties/type").asText())
        .isEqualTo("string");
  }
}
