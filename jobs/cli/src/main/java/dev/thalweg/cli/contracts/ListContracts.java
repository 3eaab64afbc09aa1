package dev.thalweg.cli.contracts;

import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.schemas.lint.ContractDocument;
import dev.thalweg.schemas.lint.ContractHistory;
import dev.thalweg.schemas.lint.ContractReading;
import dev.thalweg.schemas.lint.Deprecation;
import dev.thalweg.schemas.lint.FieldDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code contracts list [--contracts DIR]}. */
@Command(name = "list", description = "Lists contracts with their versions, owners and states.")
public final class ListContracts extends ThalwegCommand {
  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "these instead of the library's contracts")
  private Path directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ContractReading reading =
        ContractsDirectory.read(ContractsDirectory.of(directory, settings().root()));
    TextTable table = TextTable.of("contract", "versions", "owner", "compatibility", "deprecated");
    reading.histories().forEach((name, history) -> table.row(row(name, history)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(table);
    out.flush();
    return 0;
  }

  private static List<String> row(String name, ContractHistory history) {
    String versions =
        history.numbers().stream()
            .map(number -> version(history, number))
            .collect(Collectors.joining(", "));
    return history
        .newest()
        .map(
            newest ->
                List.of(
                    name,
                    versions,
                    newest.owner(),
                    newest.mode().toString(),
                    String.join(", ", deprecations(newest))))
        .orElseGet(() -> List.of(name, versions, "", "", ""));
  }

  private static String version(ContractHistory history, int number) {
    return history
        .version(number)
        .map(
            document ->
                "v%d %s%s"
                    .formatted(
                        number,
                        history.isReleased(document) ? "released" : "draft",
                        history.isSuperseded(document) ? " superseded" : ""))
        .orElse("v" + number + " unreadable");
  }

  private static List<String> deprecations(ContractDocument newest) {
    List<String> found = new ArrayList<>();
    Deprecation.of(newest.property("deprecated"))
        .ifPresent(deprecation -> found.add("all until " + deprecation.sunset()));
    for (FieldDocument field : newest.fields()) {
      Deprecation.of(field.deprecated())
          .ifPresent(deprecation -> found.add(field.name() + " until " + deprecation.sunset()));
    }
    return found;
  }
}
