package dev.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static List<Line> lines(String text, int limit) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limit)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static List<String> texts(String text) throws IOException {
    return lines(text, 100).stream()
        .map(line -> new String(line.bytes(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void takesLastLineWithAndWithoutLineFeed() throws IOException {
    assertThat(texts("a\nb")).containsExactly("a", "b");
    assertThat(texts("a\nb\n")).containsExactly("a", "b");
    assertThat(texts("")).isEmpty();
  }

  @Test
  void keepsEmptyLinesAndCarriageReturns() throws IOException {
    assertThat(texts("a\r\n\nb\n\n")).containsExactly("a\r", "", "b", "");
  }

  @Test
  void leavesOutByteOrderMarkAtTheBeginningOnly() throws IOException {
    assertThat(texts("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
  }

  @Test
  void reportsLengthOfLineBeyondLimitAndGoesOn() throws IOException {
    List<Line> lines = lines("x".repeat(200_000) + "\nnext\n", 100);

    assertThat(lines.get(0).tooLong()).isTrue();
    assertThat(lines.get(0).length()).isEqualTo(200_000);
    assertThat(lines.get(1).bytes()).isEqualTo("next".getBytes(StandardCharsets.UTF_8));
    assertThat(lines.get(1).number()).isEqualTo(2);
  }

  @Test
  void takesLineOfExactlyTheLimit() throws IOException {
    assertThat(lines("x".repeat(100) + "\n", 100).get(0).length()).isEqualTo(100);
    assertThat(lines("x".repeat(101) + "\n", 100).get(0).tooLong()).isTrue();
  }
}
