package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProduceCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private void assertRefused(String reason) {
    assertThat(err.toString().lines()).singleElement().asString().startsWith("produce: " + reason);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void answersHelp() {
    assertThat(run("produce", "--help")).isZero();
    assertThat(out.toString()).contains("scripts/produce").contains("--mapping");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "produce|Missing required parameter: 'FILE'",
        "produce /nowhere|cannot read the input: no such file: /nowhere",
        "produce /|/ is a directory",
        "produce a --order up|--order: 'up' must be file, event-time or shuffle",
        "produce a --rate 0|--rate: a rate must be above 0",
        "produce a --rate fast|Invalid value for option '--rate'",
        "produce a --mapping /nowhere|cannot read the mapping: no such file: /nowhere",
        "produce a --deployment Not/Good|--deployment 'Not/Good' is no name"
      })
  void wrongInputIsOneLineAndStatusTwo(String line, String reason) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertRefused(reason);
  }

  @Test
  void tellsAllMistakesOfMappingInOneLine() throws IOException {
    StringBuilder yaml = new StringBuilder("format: csv\ntime: {constant: 2026-03-02T00:00:00Z}\n");
    for (int i = 0; i < 20; i++) {
      yaml.append("mistake-").append(i).append(": 1\n");
    }
    Path mapping = Files.writeString(folder.resolve("m.yaml"), yaml);

    assertThat(run("produce", "a", "--mapping", mapping.toString())).isEqualTo(2);
    assertRefused(mapping + ": line 1: must have either events or profile; line 3: mistake-0");
    assertThat(err.toString()).contains("line 22: mistake-19: unknown key");
  }
}
