package dev.thalweg.schemas.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsyncApiDocumentsTest {
  private static final SchemaCheck OFFICIAL = SchemaCheck.byAsyncApi();
  private static final AsyncApiDocuments DOCUMENTS =
      new AsyncApiDocuments(OwnContracts.catalog(), "1.2.3");
  private static final StreamTopic TOPIC =
      new StreamTopic(
          "shop.things",
          OptionalInt.of(4),
          OptionalInt.of(1),
          Map.of(
              "retention.ms", "-1",
              "cleanup.policy", "compact",
              "max.message.bytes", "9437184",
              "message.timestamp.type", "LogAppendTime"));

  static List<ObjectNode> all() {
    return List.of(
        DOCUMENTS.raw(TOPIC),
        DOCUMENTS.canonical(TOPIC),
        DOCUMENTS.deadLetters(TOPIC),
        DOCUMENTS.profiles(TOPIC),
        DOCUMENTS.raw(StreamTopic.named("shop.things")));
  }

  @ParameterizedTest
  @MethodSource("all")
  void isValidByTheOfficialSchema(ObjectNode document) {
    assertThat(OFFICIAL.problems(document)).isEmpty();
  }

  static List<Consumer<ObjectNode>> breakages() {
    return List.of(
        document -> document.put("asyncapi", "2.6.0"),
        document -> at(document, "/info").remove("version"),
        document -> at(document, "/operations/receive").put("action", "subscribe"),
        document -> at(document, "/channels/stream").put("adress", "a"),
        document -> at(document, "/channels/stream/bindings/kafka").put("partitions", 0),
        document -> at(document, "/channels/stream/bindings/kafka").put("bindingVersion", "9"),
        document -> order(document).put("content-type", "application/json"),
        document -> order(document).put("deprecated", "yes"),
        document -> at(order(document), "/payload/schema").put("type", "text"),
        document -> at(order(document), "/payload/schema/properties/quantity").put("minimum", "0"));
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void theOfficialSchemaRefusesWhatIsBroken(Consumer<ObjectNode> breakage) {
    ObjectNode document = DOCUMENTS.raw(TOPIC);
    breakage.accept(document);
    assertThat(OFFICIAL.problems(document)).isNotEmpty();
  }

  private static ObjectNode at(ObjectNode document, String pointer) {
    return (ObjectNode) document.at(pointer);
  }

  private static ObjectNode order(ObjectNode document) {
    return (ObjectNode) document.at("/components/messages").get("order_placed.v1.json");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyReferenceLeadsSomewhere(ObjectNode document) {
    List<JsonNode> references = document.findValues("$ref");
    assertThat(references).hasSizeGreaterThan(1);
    for (JsonNode reference : references) {
      assertThat(document.at(reference.asText().substring(1)).isObject())
          .as(reference.asText())
          .isTrue();
    }
  }

  @Test
  void rawEventsComeInBothEncodingsAndAllVersions() {
    JsonNode messages = DOCUMENTS.raw(TOPIC).at("/components/messages");
    assertThat(messages.fieldNames())
        .toIterable()
        .contains(
            "order_placed.v1.json",
            "order_placed.v1.avro",
            "parcel_sent.v1.json",
            "parcel_sent.v2.avro");
    JsonNode avro = messages.get("order_placed.v1.avro");
    assertThat(avro.at("/payload/schemaFormat").asText())
        .isEqualTo("application/vnd.apache.avro+json;version=1.9.0");
    assertThat(avro.at("/payload/schema/namespace").asText()).isEqualTo("thalweg.events.v1");
    assertThat(avro.at("/tags/0/name").asText()).isEqualTo("checkout");
    assertThat(messages.at("/parcel_sent.v1.json/deprecated").asBoolean()).isTrue();
    assertThat(messages.get("parcel_sent.v1.json").has("tags")).isFalse();
    assertThat(messages.at("/order_placed.v1.json/contentType").asText())
        .isEqualTo("application/json");
  }

  @Test
  void theTopicIsTheAddress() {
    JsonNode channel = DOCUMENTS.canonical(TOPIC).at("/channels/stream");
    assertThat(channel.get("address").asText()).isEqualTo("shop.things");
    JsonNode kafka = channel.at("/bindings/kafka");
    assertThat(kafka.get("partitions").asInt()).isEqualTo(4);
    assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asText()).isEqualTo("compact");
    assertThat(kafka.at("/topicConfiguration/retention.ms").asLong()).isEqualTo(-1);
  }

  @Test
  void saysOnlyWhatIsKnownOfTheTopic() {
    JsonNode kafka = DOCUMENTS.raw(StreamTopic.named("a.b")).at("/channels/stream/bindings/kafka");
    assertThat(kafka.toString()).isEqualTo("{\"topic\":\"a.b\",\"bindingVersion\":\"0.5.0\"}");
  }

  @Test
  void canonicalRecordsHaveTheirOwnSchemaAndFingerprint() {
    JsonNode message = DOCUMENTS.canonical(TOPIC).at("/components/messages").get("order_placed.v1");
    assertThat(message.at("/payload/schema/namespace").asText()).isEqualTo("thalweg.canonical.v1");
    assertThat(message.get("x-fingerprint").asText())
        .isEqualTo(
            "%016x"
                .formatted(
                    OwnContracts.catalog()
                        .newest("order_placed")
                        .orElseThrow()
                        .canonicalFingerprint()));
  }
}
