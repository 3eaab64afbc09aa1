package dev.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

  private static List<String> records(String text) throws IOException {
    return records(text, 1_000);
  }

  private static List<String> records(String text, int limit) throws IOException {
    List<String> records = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (CsvRecords reader =
        new CsvRecords(new LineReader(new ByteArrayInputStream(bytes), limit), limit)) {
      for (Line line = reader.next(); line != null; line = reader.next()) {
        records.add(line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8));
      }
    }
    return records;
  }

  private static List<String> values(String record) {
    return new CsvFields().parse(record.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void recordsGoOnOverLineEndsWithinQuotes() throws IOException {
    assertThat(records("a,\"b\r\nc\",d\r\ne,f,g\r\n"))
        .containsExactly("1:a,\"b\r\nc\",d", "3:e,f,g");
  }

  @Test
  void doubledQuotesDoNotEndValue() throws IOException {
    assertThat(records("\"a\"\"\n\"\"b\",c\nd\n")).containsExactly("1:\"a\"\"\n\"\"b\",c", "3:d");
  }

  @Test
  void quoteWithinPlainValueOpensNothing() throws IOException {
    assertThat(records("5\" pipe,x\ny\n")).containsExactly("1:5\" pipe,x", "2:y");
  }

  @Test
  void quoteThatNeverClosesSpoilsItsOwnLineOnly() throws IOException {
    assertThat(records("\"a,b\nc,d\n\"e\nf\",g\n\"h\ni\n"))
        .containsExactly("1:\"a,b\nc,d\n\"e", "4:f\",g", "5:\"h", "6:i");
    assertThat(records("\"a\nb\nc\nd\n", 4)).containsExactly("1:\"a", "2:b", "3:c", "4:d");
  }

  @Test
  void cutsValues() {
    assertThat(values("a,,\"b,\"\"c\",ü")).containsExactly("a", "", "b,\"c", "ü");
    assertThat(values("")).containsExactly("");
    assertThat(values("a,")).containsExactly("a", "");
    assertThat(values("\"\",\"x\"")).containsExactly("", "x");
  }

  @Test
  void refusesWhatRfc4180DoesNotAllow() {
    assertThat(values("a\"b,c")).isNull();
    assertThat(values("\"a\"b,c")).isNull();
    assertThat(values("\"a,b")).isNull();
    assertThat(new CsvFields().parse(new byte[] {'a', ',', (byte) 0xFF})).isNull();
  }
}
