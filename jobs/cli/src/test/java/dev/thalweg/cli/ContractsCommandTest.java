package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractsCommandTest {
  private static final Path LIBRARY =
      RealData.root().resolve("schemas/src/main/avro/contracts").normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Path first;
  private Path second;

  private int run(String... args) {
    out.getBuffer().setLength(0);
    String[] all = new String[args.length + 1];
    all[0] = "contracts";
    System.arraycopy(args, 0, all, 1, args.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }

  @BeforeEach
  void copyOneContract() throws IOException {
    first = folder.resolve("events/goal_reached/v1.avsc");
    second = folder.resolve("events/goal_reached/v2.avsc");
    Files.createDirectories(first.getParent());
    Files.copy(LIBRARY.resolve("events/goal_reached/v1.avsc"), first);
  }

  /** A second version: another namespace, and that replacement. */
  private void writeSecond(String part, String other) throws IOException {
    String text = Files.readString(first).replace("events.v1", "events.v2");
    assertThat(text).contains(part);
    Files.writeString(second, text.replace(part, other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "list", "show", "diff"})
  void everySubcommandAnswersHelp(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: scripts/contracts " + command + " ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void lintsTheLibraryWithoutFindings() {
    assertThat(run("lint")).isZero();
    assertThat(out.toString()).startsWith("no findings in ");
  }

  @Test
  void lintSaysWhatBreaksForWhomAndHowToMendIt() throws IOException {
    writeSecond("\"default\": 1.0,", "");
    writeSecond(
        "\"name\": \"value\",\n      \"type\": \"double\"",
        "\"name\": \"value\",\n      \"type\": \"string\"");
    Files.writeString(
        second, Files.readString(second).replace("\"default\": 1.0", "\"default\": \"1\""));
    assertThat(run("lint", folder.toString(), "--today", "2026-11-01")).isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "events/goal_reached/v2.avsc $.fields[9].type: error backward-incompatible: v2 as")
        .contains("    breaks for new readers, running state: ")
        .contains("    mend: ")
        .containsPattern("\\d errors, 0 warnings in 2 files of 1 contract");
  }

  @Test
  void warningsDoNotFail() throws IOException {
    writeSecond("goal != ''", "goal != 'none'");
    assertThat(run("lint", folder.toString(), "--format", "json")).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("errors").asInt()).isZero();
    assertThat(report.path("findings")).hasSize(1);
    JsonNode finding = report.path("findings").get(0);
    assertThat(finding.path("rule").asText()).isEqualTo("rule-changed");
    assertThat(finding.path("severity").asText()).isEqualTo("warning");
    assertThat(finding.path("file").asText()).isEqualTo("events/goal_reached/v2.avsc");
    assertThat(finding.path("affects")).isNotEmpty();
  }

  @Test
  void releasesOnlyWithoutErrorsAndOnlyOnce() throws IOException {
    Path index = folder.resolve("index.txt");
    writeSecond("\"owner\": \"experimentation\",", "");
    assertThat(run("lint", "--release", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("nothing is released");
    assertThat(index).doesNotExist();

    Files.delete(second);
    assertThat(run("lint", "--release", folder.toString())).isZero();
    assertThat(out.toString()).contains("released: events/goal_reached/v1.avsc");
    assertThat(Files.readString(index)).matches("events/goal_reached/v1.avsc [0-9a-f]{64}\n");
    assertThat(run("lint", "--release", folder.toString())).isZero();
    assertThat(out.toString()).contains("there is no draft to release");

    Files.writeString(first, Files.readString(first) + " ");
    assertThat(run("lint", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("released-changed");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void listsVersionsOwnersAndStates() throws IOException {
    assertThat(run("lint", "--release", folder.toString())).isZero();
    writeSecond("goal != ''", "goal != 'none'");
    assertThat(run("list", "--contracts", folder.toString())).isZero();
    assertThat(out.toString())
        .contains("events/goal_reached  v1 released, v2 draft  experimentation  FULL_TRANSITIVE");
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("events/order_placed").contains("records/ledger");
  }

  @Test
  void showsContractsAndPrintsTheirFiles() throws IOException {
    assertThat(run("show", "user_signed_up")).isZero();
    assertThat(out.toString())
        .contains("user_signed_up v1: ")
        .containsPattern("email +string\\? +email: pseudonymize");
    assertThat(run("show", "goal_reached@1", "--format", "avsc")).isZero();
    assertThat(out.toString()).isEqualTo(Files.readString(first));
  }

  @Test
  void tellsVersionsApartInBothDirections() throws IOException {
    writeSecond("\"default\": 1.0", "\"default\": 2.0");
    assertThat(run("diff", "goal_reached", second.toString())).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "goal_reached v1 -> goal_reached v2",
            "  ~ namespace: \"thalweg.events.v1\" -> \"thalweg.events.v2\"",
            "  ~ field value default: 1.0 -> 2.0",
            "  backward, goal_reached v2 reads goal_reached v1: yes",
            "  forward, goal_reached v1 reads goal_reached v2: yes");
    assertThat(run("diff", second.getParent().toString(), "order_placed")).isZero();
    assertThat(out.toString())
        .contains("- field goal: string")
        .contains("backward, ")
        .contains("no: ");
    assertThat(run("diff", LIBRARY.toString(), folder.toString())).isZero();
    assertThat(out.toString()).contains("- events/order_placed").contains("~ goal_reached v1 ->");
    assertThat(run("diff", LIBRARY.toString(), first.toString())).isEqualTo(2);
  }
}
