package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.schemas.ContractSource.ContractFile;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a contract's file may not be, and how that is said. */
class ContractParserTest {
  private static final String PATH = "events/sold/v1.avsc";

  private static void assertRefused(String path, String text, String message) {
    assertThatThrownBy(() -> ContractParser.parse(new ContractFile(path, text)))
        .isInstanceOf(ContractException.class)
        .message()
        .startsWith(message)
        .hasSizeLessThan(400)
        .satisfies(all -> assertThat(all.lines()).hasSize(1));
  }

  private static String sold(String attributes) {
    return TestContracts.avsc("sold", "a.events.v1", TestContracts.CORE + attributes, "[]");
  }

  @Test
  void acceptsTheExampleThatTheOthersAreVariationsOf() {
    Contract contract =
        ContractParser.parse(new ContractFile(PATH, sold(",{\"name\":\"x\",\"type\":\"int\"}")));
    assertThat(contract.toString()).isEqualTo("sold v1");
    assertThat(contract.field("x").type()).isEqualTo(FieldType.INT);
    assertThat(contract.owner()).isEqualTo("o");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sold.avsc",
        "events/sold.avsc",
        "events/sold/1.avsc",
        "events/sold/v0.avsc",
        "events/sold/v01.avsc",
        "events/sold/v1.json",
        "events/Sold/v1.avsc",
        "/events/sold/v1.avsc",
        "../events/sold/v1.avsc",
        "things/sold/v1.avsc",
        "events/sold/v9999999.avsc",
        "events/a/b/v1.avsc",
        ""
      })
  void refusesOtherPlaces(String path) {
    assertRefused(path, sold(""), path + ": not a contract's place; name it events/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.events.v2", "a.events", "v1", "events.v1", "a.records.v1", "a.events.v11"})
  void refusesNamespacesWithoutTheVersion(String namespace) {
    assertRefused(
        PATH,
        TestContracts.avsc("sold", namespace, TestContracts.CORE, "[]"),
        PATH + ": the namespace must end with .events.v1");
  }

  @Test
  void refusesTheNameOfAnotherEventType() {
    assertRefused(
        "events/bought/v1.avsc",
        sold(""),
        "events/bought/v1.avsc: the record's name in snake_case must be bought");
    assertRefused(PATH, "\"string\"", PATH + ": the record's name in snake_case must be sold");
    assertRefused(PATH, "[\"null\"]", PATH + ": the record's name in snake_case must be sold");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"array\",\"items\":\"int\"}",
        "{\"type\":\"map\",\"values\":\"string\"}",
        "{\"type\":\"map\",\"values\":\"int\"}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}",
        "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
        "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}",
        "\"null\"",
        "[\"string\",\"null\"]",
        "[\"null\",\"string\",\"int\"]",
        "[\"int\",\"string\"]",
        "[\"null\"]",
        "{\"type\":\"int\",\"logicalType\":\"date\"}",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":4,\"scale\":2}",
        "\"a.events.v1.Sold\""
      })
  void refusesWhatIsNotFlat(String type) {
    assertRefused(
        PATH,
        sold(",{\"name\":\"x\",\"type\":" + type + "}"),
        PATH + ": field x has a type that no contract may use");
  }

  @Test
  void refusesAnOptionalWithoutDefault() {
    assertRefused(
        PATH,
        sold(",{\"name\":\"x\",\"type\":[\"null\",\"int\"]}"),
        PATH + ": field x is optional: give it the default null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"event_type", "contract_version", "ingested_at", "pipeline_version", "enrichment"})
  void refusesReservedNames(String name) {
    assertRefused(
        PATH,
        sold(",{\"name\":\"" + name + "\",\"type\":\"int\"}"),
        PATH + ": field " + name + " has a reserved name; choose another");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"event_id\", \"type\": \"string\"} | {\"name\": \"id\", \"type\": \"string\"} | 0",
        "{\"name\": \"event_id\", \"type\": \"string\"} | {\"name\": \"event_id\", \"type\": \"string\", \"default\": \"\"} | 0",
        "\"logicalType\": \"timestamp-millis\" | \"doc\": \"plain\" | 1",
        "\"user_id\", \"type\": [\"null\", \"string\"], \"default\": null | \"user_id\", \"type\": \"string\" | 2",
        "\"default\": \"unknown\" | \"default\": \"web\" | 5",
        "\"string\", \"default\": \"production\" | \"string\" | 6"
      })
  void refusesOtherCoreFields(String part, String other, int position) {
    String avsc = sold("");
    assertThat(avsc).contains(part);
    assertRefused(PATH, avsc.replace(part, other), "sold v1: field " + position + " must be ");
  }

  @Test
  void refusesMissingCoreFields() {
    assertRefused(
        PATH,
        TestContracts.avsc("sold", "a.events.v1", "", "[]"),
        "sold v1: field 0 must be event_id (STRING); put the core fields first, in their order");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "null",
        "1",
        "true",
        "[]",
        "{}",
        "[[]]",
        "\"nobody\"",
        "{\"type\":null}",
        "{\"type\":{}}",
        "{\"type\":\"record\"}",
        "{\"type\":\"record\",\"name\":\"Sold\"}",
        "{\"type\":\"record\",\"name\":null,\"fields\":[]}",
        "{\"type\":\"record\",\"name\":\"a b\",\"fields\":[]}",
        "{\"type\":\"record\",\"name\":\"Sold\",\"fields\":1}",
        "{\"type\":\"record\",\"name\":\"Sold\",\"fields\":[1]}",
        "{\"type\":\"record\",\"name\":\"Sold\",\"fields\":[{}]}",
        "{\"type\":\"record\",\"name\":\"Sold\",\"fields\":[{\"name\":\"x\"}]}",
        "{\"type\":\"record\",\"name\":\"Sold\",\"fields\":[{\"name\":1,\"type\":\"int\"}]}",
        "{\"type\":\"array\"}",
        "{\"type\":\"fixed\",\"name\":\"F\"}",
        "\u0000"
      })
  void saysThatAFileIsNoSchema(String text) {
    Throwable thrown = catchThrowable(() -> ContractParser.parse(new ContractFile(PATH, text)));
    assertThat(thrown).isInstanceOf(ContractException.class).hasMessageStartingWith(PATH + ": ");
    assertThat(thrown.getMessage().lines()).hasSize(1);
  }

  @Test
  void refusesDefaultsOfAnotherType() {
    assertRefused(
        PATH,
        sold(",{\"name\":\"x\",\"type\":\"int\",\"default\":\"one\"}"),
        PATH + ": not an Avro schema: ");
    assertRefused(
        PATH, sold(",{\"name\":\"user_id\",\"type\":\"int\"}"), PATH + ": not an Avro schema: ");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 900, 100_000})
  void refusesDeepSchemasWithoutOverflow(int depth) {
    String arrays = "{\"type\":\"array\",\"items\":".repeat(depth) + "\"int\"" + "}".repeat(depth);
    assertRefused(PATH, sold(",{\"name\":\"x\",\"type\":" + arrays + "}"), PATH + ": ");
    assertRefused(PATH, "[".repeat(depth), PATH + ": not an Avro schema: ");
  }

  @Test
  void refusesCyclesWithoutOverflow() {
    String self = "{\"name\":\"x\",\"type\":[\"null\",\"Sold\"],\"default\":null}";
    assertRefused(PATH, sold("," + self), PATH + ": field x has a type that no contract may use");
    String endless = "{\"name\":\"x\",\"type\":\"Sold\",\"default\":{}}";
    assertRefused(PATH, sold("," + endless), PATH + ": ");
    String pair =
        "{\"name\":\"x\",\"type\":{\"type\":\"record\",\"name\":\"B\",\"fields\":["
            + "{\"name\":\"y\",\"type\":\"Sold\",\"default\":{}}]},\"default\":{}}";
    assertRefused(PATH, sold("," + pair), PATH + ": ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"x\"",
        "{}",
        "[1]",
        "[{}]",
        "[{\"name\":\"r\"}]",
        "[{\"name\":\"r\",\"cel\":\"true\"}]",
        "[{\"name\":\"r\",\"cel\":1,\"message\":\"m\"}]"
      })
  void refusesRulesOfAnotherForm(String rules) {
    String message =
        rules.startsWith("[") ? ": a rule needs the strings" : ": rules must be a list";
    assertRefused(
        PATH, TestContracts.avsc("sold", "a.events.v1", TestContracts.CORE, rules), PATH + message);
  }

  @Test
  void throwsNothingElseOnDamagedFiles() {
    Random random = new Random(11);
    String whole = TestContracts.file("all_types", 1, TestContracts.ALL_TYPES, "[]").text();
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(text.length());
        text.replace(at, at + random.nextInt(6), random.nextBoolean() ? "" : pick(random));
      }
      Throwable thrown =
          catchThrowable(
              () -> ContractParser.parse(new ContractFile("events/all_types/v1.avsc", "" + text)));
      if (thrown != null) {
        refused++;
        assertThat(thrown).isInstanceOf(ContractException.class);
        assertThat(thrown.getMessage().lines()).hasSize(1);
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  private static String pick(Random random) {
    String[] parts = {"null", "{}", "[]", "\"\"", "1", "\n", "\"type\":", ",", "\"int\""};
    return parts[random.nextInt(parts.length)];
  }
}
