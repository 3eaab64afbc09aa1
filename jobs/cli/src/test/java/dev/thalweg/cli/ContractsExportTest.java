package dev.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsExportTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDER = "contracts/events/order_placed/v1.avsc";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private Map<String, String> export(String name, String... more) throws IOException {
    Path directory = folder.resolve(name);
    String[] args = {"contracts", "export", directory.toString()};
    int status = run(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> directory.relativize(file).toString(),
                  ContractsExportTest::read,
                  (first, second) -> first,
                  TreeMap::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesTheSameFilesEveryTime() throws IOException {
    Map<String, String> files = export("a");
    assertThat(files)
        .containsKeys(
            "json-schema/order_placed/v1.json",
            "json-schema/_canonical/order_placed/v1.json",
            "json-schema/_records/profile/v1.json",
            "asyncapi/events.raw.json",
            "asyncapi/events.canonical.json",
            "asyncapi/events.dead-letter.json",
            "asyncapi/reference.profiles.json");
    assertThat(export("b")).isEqualTo(files);
    assertThat(export("a")).isEqualTo(files);
  }

  @Test
  void tellsWhatTopicsAreDeclaredAs() throws IOException {
    JsonNode kafka =
        JSON.readTree(export("a").get("asyncapi/reference.profiles.json"))
            .at("/channels/stream/bindings/kafka");
    assertThat(kafka.get("topic").asText()).isEqualTo("reference.profiles");
    assertThat(kafka.get("partitions").asInt()).isEqualTo(4);
    assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asText()).isEqualTo("compact");
    assertThat(kafka.at("/topicConfiguration/retention.ms").asLong()).isEqualTo(-1);
  }

  @Test
  void aDeploymentPrefixesTopics() throws IOException {
    Map<String, String> files = export("a", "--deployment", "blue");
    JsonNode channel =
        JSON.readTree(files.get("asyncapi/blue.events.raw.json")).at("/channels/stream");
    assertThat(channel.get("address").asText()).isEqualTo("blue.events.raw");
    assertThat(channel.at("/bindings/kafka/partitions").asInt()).isEqualTo(4);
  }

  @Test
  void takesContractsBesideThoseOfTheLibrary() throws IOException {
    Path own = folder.resolve("own/events/order_placed");
    Files.createDirectories(own);
    try (var contract = ContractsExportTest.class.getResourceAsStream("/" + ORDER)) {
      String text = new String(contract.readAllBytes(), UTF_8);
      Files.writeString(own.resolve("v2.avsc"), text.replace("events.v1", "events.v2"));
    }
    assertThat(export("a", "--contracts", folder.resolve("own").toString()))
        .containsKeys("json-schema/order_placed/v1.json", "json-schema/order_placed/v2.json");
  }

  private void assertRefused(int status, String reason, String... args) {
    assertThat(run(args)).isEqualTo(status);
    assertThat(err.toString().lines()).singleElement().asString().startsWith(reason);
    assertThat(out.toString()).isEmpty();
    err.getBuffer().setLength(0);
  }

  @Test
  void wrongInputIsOneLineAndStatusTwo() throws IOException {
    String target = folder.resolve("out").toString();
    assertRefused(
        2,
        "contracts export: Missing required parameter: 'DIR'; see scripts/contracts export --help",
        "contracts",
        "export");
    assertRefused(
        2,
        "contracts export: /nowhere: no such directory of contracts",
        "contracts export %s --contracts /nowhere".formatted(target).split(" "));
    assertRefused(
        2,
        "contracts export: --deployment 'Not/Good' is no name",
        "contracts export %s --deployment Not/Good".formatted(target).split(" "));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(
        2, "contracts export: " + file + " is a file", "contracts", "export", file.toString());
    assertRefused(
        1,
        "contracts export: cannot write " + file,
        "contracts",
        "export",
        file.resolve("below").toString());
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void answersHelp() {
    assertThat(run("contracts", "export", "--help")).isZero();
    assertThat(out.toString()).contains("scripts/contracts export [").contains("--contracts");
  }
}
