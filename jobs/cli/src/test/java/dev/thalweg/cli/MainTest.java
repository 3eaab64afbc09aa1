package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {"stack", "topics", "submit", "stop", "consume", "sql", "contracts", "experiments"})
  void everyCommandAnswersHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("scripts/" + command);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stack",
        "stack sideways",
        "topics",
        "submit",
        "submit nothing-like-this",
        "submit ingest --replay-from yesterday",
        "submit ingest --from /nowhere",
        "submit ingest --config /nowhere.yaml",
        "stop nothing-like-this",
        "consume",
        "consume a --max 0",
        "consume a --max many",
        "sql",
        "sql a --deployment Not/Good",
        "contracts",
        "contracts polish",
        "contracts lint /nowhere",
        "contracts lint --format xml",
        "contracts lint --today tomorrow",
        "contracts list --contracts /nowhere",
        "contracts show",
        "contracts show nobody",
        "contracts show order_placed@99",
        "contracts show Order/Placed",
        "contracts diff order_placed",
        "contracts diff order_placed /nowhere.avsc",
        "experiments",
        "experiments apply",
        "experiments apply /nowhere.yaml",
        "experiments apply /nowhere.yaml --dry-run",
        "experiments list --deployment Not/Good",
        "experiments show",
        "experiments show a --phase first",
        "experiments show a --deployment Not/Good",
        "experiments plan /nowhere.yaml --metric a --effect 0.1",
        "experiments plan /nowhere.yaml --metric a --effect much"
      })
  void wrongInputIsOneLineAndStatusTwo(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).startsWith(line.split(" ")[0]).doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  @Test
  void saysWhichVersion() {
    assertThat(run("stack", "--version")).isZero();
    assertThat(out.toString().strip()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }
}
