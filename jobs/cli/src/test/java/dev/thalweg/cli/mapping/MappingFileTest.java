package dev.thalweg.cli.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.cli.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingFileTest {

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(MappingException.class, () -> MappingFile.parse("m.yaml", yaml))
        .problems();
  }

  @Test
  void readsEveryMappingThatComesWithTheProduct() throws IOException {
    try (Stream<Path> files = Files.list(RealData.root().resolve("flink-conf/mappings"))) {
      assertThat(files.toList())
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(
              file -> assertThatCode(() -> MappingFile.read(file)).doesNotThrowAnyException());
    }
  }

  @Test
  void tellsAllMistakesAtOnceWithLineAndKey() {
    assertThat(
            problems(
                """
                format: tsv
                idd: row-hash
                time: {column: t, format: "bbb", zone: Mars/North}
                events:
                  - when: "row.a === 1"
                    event_type: ""
                    fields:
                      event_id: "{x}"
                      user_id: "{user"
                      price: {column: p, scale: many, round: up}
                  - event_typ: x
                """))
        .satisfiesExactly(
            problem -> assertThat(problem).isEqualTo("line 1: format: 'tsv' must be csv or ndjson"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "line 2: idd: unknown key; allowed: events, format, id, profile, time; did you mean id?"),
            problem -> assertThat(problem).startsWith("line 3: time.format: 'bbb' must be iso"),
            problem -> assertThat(problem).startsWith("line 3: time.zone: 'Mars/North' must be"),
            problem -> assertThat(problem).startsWith("line 5: events[0].when: 'row.a === 1'"),
            problem ->
                assertThat(problem).isEqualTo("line 6: events[0].event_type: must not be empty"),
            problem ->
                assertThat(problem)
                    .isEqualTo("line 8: events[0].fields.event_id: is made by the mapping itself"),
            problem -> assertThat(problem).startsWith("line 9: events[0].fields.user_id: '{user'"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "line 10: events[0].fields.price.scale: 'many' must be a number above 0"),
            problem ->
                assertThat(problem)
                    .isEqualTo(
                        "line 10: events[0].fields.price.round: unknown key; allowed: column, constant, scale"),
            problem -> assertThat(problem).isEqualTo("line 11: events[1].event_type: is missing"),
            problem -> assertThat(problem).isEqualTo("line 11: events[1].fields: is missing"),
            problem -> assertThat(problem).startsWith("line 11: events[1].event_typ: unknown key"));
  }

  @Test
  void conditionMustBeBoolean() {
    assertThat(
            problems(
                """
                format: csv
                time: {constant: 2026-03-02T00:00:00Z}
                events:
                  - {when: "row.a", event_type: x, fields: {user_id: u}}
                """))
        .singleElement()
        .asString()
        .startsWith("line 4: events[0].when: 'row.a' is no condition over row");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a: [", "- 1", "just words", "format: csv\nformat: csv\n", "? {a: b}\n: c"})
  void refusesWhatIsNoMapping(String yaml) {
    assertThatThrownBy(() -> MappingFile.parse("m.yaml", yaml))
        .isInstanceOf(MappingException.class)
        .hasMessageStartingWith("m.yaml: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void needsEitherEventsOrProfile() {
    String profile = "format: csv\nprofile: {user_id: '{u}'}\n";
    assertThatCode(() -> MappingFile.parse("m.yaml", profile)).doesNotThrowAnyException();
    assertThat(problems("format: csv\n"))
        .containsExactly("line 1: must have either events or profile", "line 1: time: is missing");
    assertThat(problems(profile + "events: []\n"))
        .contains("line 1: must have either events or profile");
  }
}
