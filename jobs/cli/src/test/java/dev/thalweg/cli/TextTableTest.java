package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void alignsColumns() {
    TextTable table =
        TextTable.of("name", "events").alignRight(1).row("a", "7").row("longer name", "1234567");

    assertThat(table.lines())
        .containsExactly(
            "name          events",
            "-----------  -------",
            "a                  7",
            "longer name  1234567");
  }

  @Test
  void keepsARowOnOneLine() {
    assertThat(TextTable.of("text").row("a\nb\tc").lines()).endsWith("a\\nb\\tc");
  }

  @Test
  void csvHoldsEverythingAndIsQuoted() {
    assertThat(TextTable.of("name", "events").row("a \"b\"", "7").csv())
        .isEqualTo("name,events\n\"a \"\"b\"\"\",7");
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThatThrownBy(() -> TextTable.of("one").row("1", "2"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
