package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code try --metrics}. */
class TryMetricsTest {
  private static final String COUNT =
      "metrics:\n  definitions:\n    - {name: pages, kind: count, events: [page_viewed], by: [page], window: {tumbling: 10m}}\n";

  private final PrintStream standardOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @AfterEach
  void giveBack() {
    System.setOut(standardOut);
  }

  private int run(String... args) {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    return Main.commandLine().setErr(new PrintWriter(err, true)).execute(args);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private String events() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      lines.append(
          "{\"event_type\":\"page_viewed\",\"event_id\":\"e%d\",\"event_time\":\"2026-11-01T10:0%d:00Z\",\"user_id\":\"u\",\"page\":\"/%s\"}%n"
              .formatted(i, i, i % 3 == 0 ? "a" : "b"));
    }
    return file("events.ndjson", lines.toString());
  }

  @Test
  void viewsFollowTheLedger() throws IOException {
    assertThat(run("try", events(), "--metrics", file("m.yaml", COUNT), "--csv")).isZero();
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .containsSubsequence(
            "consumed,accepted,duplicate,late,dead_letter",
            "6,6,0,0,0",
            "metric,dimensions,window_start,window_end,value,events",
            "pages,\"{\"\"page\"\":\"\"/a\"\"}\",2026-11-01T10:00:00Z,2026-11-01T10:10:00Z,2,2",
            "pages,\"{\"\"page\"\":\"\"/b\"\"}\",2026-11-01T10:00:00Z,2026-11-01T10:10:00Z,4,4");
  }

  @Test
  void mistakesInTheFileAreOneLineAndStatusTwo() throws IOException {
    String wrong = file("wrong.yaml", COUNT.replace("kind: count", "kind: counts"));
    assertThat(run("try", events(), "--metrics", wrong)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("try: " + wrong + ":3: metrics.definitions[0].kind: 'counts' must be one of");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void fileMustBeThere() throws IOException {
    assertThat(run("try", events(), "--metrics", "/nowhere.yaml")).isEqualTo(2);
    assertThat(err.toString().strip())
        .isEqualTo("try: --metrics /nowhere.yaml: there is no such file");
  }
}
