package dev.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.mapping.Mapping;
import dev.thalweg.cli.mapping.MappingException;
import dev.thalweg.cli.mapping.MappingFile;
import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFileTest {

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  @TempDir private Path folder;

  private Optional<Mapping> mapping(String yaml) throws IOException {
    return Optional.of(MappingFile.read(Files.writeString(folder.resolve("m.yaml"), yaml)));
  }

  private Optional<Mapping> csv(String rest) throws IOException {
    return mapping("format: csv\ntime: {constant: 2026-03-02T00:00:00Z}\n" + rest);
  }

  private static InputFile open(String text, Optional<Mapping> mapping) throws IOException {
    return InputFile.of(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "f", mapping, CATALOG);
  }

  private static List<OutgoingRecord> records(String text, Optional<Mapping> mapping)
      throws IOException {
    try (InputFile file = open(text, mapping)) {
      List<OutgoingRecord> records = new ArrayList<>();
      file.forEachRemaining(records::add);
      return records;
    }
  }

  private static List<String> texts(String text, Optional<Mapping> mapping) throws IOException {
    return records(text, mapping).stream().map(InputFileTest::text).toList();
  }

  private static String text(OutgoingRecord record) {
    String key = record.key() == null ? "-" : new String(record.key(), StandardCharsets.UTF_8);
    String value = new String(record.value(), StandardCharsets.UTF_8);
    return key + " " + value.replaceAll("\"event_id\":\"[0-9a-f]{32}\"", "ID");
  }

  @Test
  void plainLinesKeepTheirBytesAndAreKeyedBySubject() throws IOException {
    assertThat(
            texts(
                """
                { "user_id":"u1", "anonymous_id":"a1" }
                {"x":{"user_id":"no"},"anonymous_id":"a2"}
                {"user_id":null,"anonymous_id":"a3"}
                {"user_id":7}
                {"user_id":"u1"
                {"user_id":"u1","user_id":"u2"}
                {"user_id":"u1"} x
                [1]

                """,
                Optional.empty()))
        .containsExactly(
            "u1 { \"user_id\":\"u1\", \"anonymous_id\":\"a1\" }",
            "a2 {\"x\":{\"user_id\":\"no\"},\"anonymous_id\":\"a2\"}",
            "a3 {\"user_id\":null,\"anonymous_id\":\"a3\"}",
            "- {\"user_id\":7}",
            "- {\"user_id\":\"u1\"",
            "- {\"user_id\":\"u1\",\"user_id\":\"u2\"}",
            "- {\"user_id\":\"u1\"} x",
            "- [1]",
            "- ");
  }

  @Test
  void everyEntryWhoseConditionHoldsYieldsAnEvent() throws IOException {
    Optional<Mapping> mapping =
        csv(
            """
            events:
              - {event_type: page_viewed, fields: {user_id: "{u}", page: "p-{a}-{b}{{}}"}}
              - {when: "row.a == '1' && row['b'] != ''", event_type: goal_reached, offset: 1s, fields: {user_id: "{u}", goal: g}}
            """);

    assertThat(texts("u,a,b\nx,1,2\ny,1,\n", mapping))
        .containsExactly(
            "x {\"event_type\":\"page_viewed\",ID,\"event_time\":1772409600000,\"user_id\":\"x\",\"page\":\"p-1-2{}\"}",
            "x {\"event_type\":\"goal_reached\",ID,\"event_time\":1772409601000,\"user_id\":\"x\",\"goal\":\"g\"}",
            "y {\"event_type\":\"page_viewed\",ID,\"event_time\":1772409600000,\"user_id\":\"y\",\"page\":\"p-1-{}\"}");
  }

  @Test
  void valuesHaveTheTypesOfTheContract() throws IOException {
    Optional<Mapping> mapping =
        csv(
            """
            events:
              - event_type: order_placed
                fields:
                  anonymous_id: "{u}"
                  quantity: "{n}"
                  amount_cents: {column: price, scale: 100}
                  product_id: {column: p}
                  order_id: {constant: 12}
              - {when: "row.n == '3'", event_type: goal_reached, fields: {user_id: "{u}", goal: "{p}", value: "{price}"}}
            """);

    assertThat(texts("u,n,price,p\na,3,33.205,7\nb,x,,\nc,3000000000,1e999999999,8\n", mapping))
        .containsExactly(
            "a {\"event_type\":\"order_placed\",ID,\"event_time\":1772409600000,\"anonymous_id\":\"a\",\"quantity\":3,\"amount_cents\":3321,\"product_id\":\"7\",\"order_id\":\"12\"}",
            "a {\"event_type\":\"goal_reached\",ID,\"event_time\":1772409600000,\"user_id\":\"a\",\"goal\":\"7\",\"value\":33.205}",
            "b {\"event_type\":\"order_placed\",ID,\"event_time\":1772409600000,\"anonymous_id\":\"b\",\"quantity\":\"x\",\"order_id\":\"12\"}",
            "c {\"event_type\":\"order_placed\",ID,\"event_time\":1772409600000,\"anonymous_id\":\"c\",\"quantity\":\"3000000000\",\"amount_cents\":\"1e999999999\",\"product_id\":\"8\",\"order_id\":\"12\"}");
  }

  @Test
  void rowsThatCannotBeParsedAreSentAsTheyAre() throws IOException {
    Optional<Mapping> mapping =
        mapping(
            """
            format: csv
            time: {column: t, format: yyyy-MM-dd}
            events: [{event_type: page_viewed, fields: {user_id: "{u}", page: p}}]
            """);
    try (InputFile file =
        open("t,u\n2026-02-28,a\n2026-02-30,b\n,c\n2026-02-28\n\"x\"y,d\n\n", mapping)) {
      List<OutgoingRecord> records = new ArrayList<>();
      file.forEachRemaining(records::add);

      assertThat(records.stream().map(InputFileTest::text))
          .containsExactly(
              "a {\"event_type\":\"page_viewed\",ID,\"event_time\":1772236800000,\"user_id\":\"a\",\"page\":\"p\"}",
              "- 2026-02-30,b",
              "- ,c",
              "- 2026-02-28",
              "- \"x\"y,d",
              "- ");
      assertThat(file.counts().rows()).isEqualTo(6);
      assertThat(file.counts().unparsed()).isEqualTo(5);
      assertThat(file.counts().firstUnparsed()).isEqualTo(3);
    }
  }

  @Test
  void idsOfRowHashFollowTheRowAndThePlaceWithinIt() throws IOException {
    String events =
        "events: [{event_type: app_opened, fields: {user_id: '{u}'}}, {event_type: app_opened, fields: {user_id: '{u}'}}]\n";
    List<String> byHash = ids("u\na\na\nb\n", csv("id: row-hash\n" + events));
    List<String> byNumber = ids("u\na\na\nb\n", csv("id: row-number\n" + events));
    List<String> byColumn = ids("u\na\na\nb\n", csv("id: u\n" + events));

    assertThat(byHash).hasSize(6).allMatch(id -> id.matches("[0-9a-f]{32}"));
    assertThat(byHash.subList(0, 2)).doesNotHaveDuplicates().isEqualTo(byHash.subList(2, 4));
    assertThat(byHash.subList(2, 6)).doesNotHaveDuplicates();
    assertThat(byNumber).hasSize(6).doesNotHaveDuplicates();
    assertThat(byColumn).containsExactly("a", "a-1", "a", "a-1", "b", "b-1");
  }

  private static List<String> ids(String text, Optional<Mapping> mapping) throws IOException {
    return records(text, mapping).stream()
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .map(json -> json.replaceAll(".*\"event_id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void jsonRowsHaveValuesOfTheirTypeInConditions() throws IOException {
    Optional<Mapping> mapping =
        mapping(
            """
            format: ndjson
            id: nr
            time: {column: at, format: epoch-seconds}
            events:
              - {when: "row.n > 2 && row.ok && 'x' in row.tags", event_type: order_placed, fields: {user_id: "{nr}", amount_cents: {column: price, scale: 100}}}
            """);
    try (InputFile file =
        open(
            """
            {"nr":1,"at":12.3456,"n":3,"ok":true,"tags":["x"],"price":33.20}
            {"nr":2,"at":12,"n":2,"ok":true,"tags":["x"]}
            {"nr":3,"at":12,"ok":true,"tags":["x"]}
            {"nr":4,"at":12,"n":"3","ok":true,"tags":["x"]}
            {"nr":5,"at":12,"n":3,"ok":true,"tags":["x"],"price":null}
            {"nr":5,"nr":6}
            """,
            mapping)) {
      List<OutgoingRecord> records = new ArrayList<>();
      file.forEachRemaining(records::add);

      assertThat(records.stream().map(InputFileTest::text))
          .containsExactly(
              "1 {\"event_type\":\"order_placed\",\"event_id\":\"1\",\"event_time\":12345,\"user_id\":\"1\",\"amount_cents\":3320}",
              "- {\"nr\":4,\"at\":12,\"n\":\"3\",\"ok\":true,\"tags\":[\"x\"]}",
              "5 {\"event_type\":\"order_placed\",\"event_id\":\"5\",\"event_time\":12000,\"user_id\":\"5\"}",
              "- {\"nr\":5,\"nr\":6}");
      assertThat(file.counts().withoutRecord()).isEqualTo(2);
    }
  }

  @Test
  void profilesAreKeyedByUserAndLeaveOutRowsWithoutUser() throws IOException {
    Optional<Mapping> mapping =
        mapping("format: csv\nprofile: {user_id: '{u}', attributes: {country: '{c}'}}\n");
    try (InputFile file = open("u,c\na,UK\n,US\nb,\n", mapping)) {
      List<OutgoingRecord> records = new ArrayList<>();
      file.forEachRemaining(records::add);

      assertThat(records)
          .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
          .containsExactly("a", "b");
      assertThat(ProfileReading.of(records.get(0).value()))
          .isEqualTo("a from 1970-01-01T00:00:00Z {country=UK}");
      assertThat(ProfileReading.of(records.get(1).value()))
          .isEqualTo("b from 1970-01-01T00:00:00Z {}");
      assertThat(file.counts().unparsed()).isEqualTo(1);
    }
  }

  @Test
  void refusesFileWithoutTheColumnsOfTheMapping() throws IOException {
    Optional<Mapping> mapping =
        csv(
            """
            events:
              - {when: "row.kind == 'x'", event_type: app_opened, fields: {user_id: "{user}"}}
            """);

    assertThatThrownBy(() -> open("u,a\n", mapping))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("line 4: events[0].when needs 'kind'")
        .hasMessageContaining("line 4: events[0].fields.user_id needs 'user'")
        .hasMessageEndingWith("f has only the columns u, a");
    assertThatThrownBy(() -> open("", mapping)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> open("a,a\n", mapping))
        .isInstanceOf(InputException.class)
        .hasMessage("f: has two columns named 'a'");
  }
}
