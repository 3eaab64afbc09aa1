package dev.thalweg.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes to a terminal. */
final class LiveLinesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  @Test
  void linesAreDrawnOverThoseBeforeAndTakenBack() {
    List<String> lines = new java.util.ArrayList<>(List.of("a", "b"));
    try (LiveLines live = new LiveLines(out, () -> lines)) {
      live.draw();
      assertThat(written()).isEqualTo("a\nb\n");
      lines.add("c");
      live.draw();
      assertThat(written()).isEqualTo("\u001b[2A\r\u001b[Ja\nb\nc\n");
    }
    assertThat(written()).isEqualTo("\u001b[3A\r\u001b[J");
  }

  @Test
  void nothingScrollsOrWraps() {
    try (LiveLines live = new LiveLines(out, () -> Collections.nCopies(60, "x".repeat(200)))) {
      live.draw();
      assertThat(written().lines()).hasSize(22).allMatch(line -> line.length() == 79);
    }
  }

  @Test
  void nothingIsDrawnWhereThereIsNoTerminal() {
    LiveLines.start(out, false, () -> List.of("a")).close();
    assertThat(written()).isEmpty();
  }
}
