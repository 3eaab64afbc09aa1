package dev.thalweg.cli.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.cli.TextTable;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.schemas.Rule;
import dev.thalweg.schemas.lint.ContractDocument;
import dev.thalweg.schemas.lint.Deprecation;
import dev.thalweg.schemas.lint.FieldDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code contracts show TYPE[@VERSION] [--format text|avsc] [--contracts DIR]}. */
@Command(
    name = "show",
    description = "Shows a contract: its fields, rules, marks and deprecations.",
    footer = {"", "Example: scripts/contracts show order_placed@1"})
public final class ShowContract extends ThalwegCommand {
  @Parameters(paramLabel = "TYPE[@VERSION]", description = "which one; default: its newest version")
  private String contract;

  @Option(
      names = "--format",
      paramLabel = "text|avsc",
      defaultValue = "text",
      description = "for people, or the file as it is")
  private Format format;

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "from these instead of the library's contracts")
  private Path directory;

  @Spec private CommandSpec spec;

  /** How a contract is printed. */
  enum Format {
    TEXT,
    AVSC
  }

  @Override
  public Integer call() {
    ContractDocument document =
        ContractArgument.named(contract, ContractsDirectory.of(directory, settings().root()));
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.AVSC) {
      out.print(document.text());
    } else {
      print(document, out);
    }
    out.flush();
    return 0;
  }

  private static void print(ContractDocument document, PrintWriter out) {
    out.println(document + ": " + document.doc());
    out.println("owner " + document.owner() + ", compatibility " + document.mode());
    Deprecation.of(document.property("deprecated"))
        .ifPresent(deprecation -> out.println(deprecation.words()));
    for (JsonNode entry : document.property("supersedes")) {
      out.println(
          "supersedes v" + entry.path("version").asText() + ": " + entry.path("reason").asText());
    }
    out.println();
    TextTable fields = TextTable.of("field", "type", "personal", "meaning");
    document.fields().forEach(field -> fields.row(row(field)));
    out.println(fields);
    if (!document.rules().isEmpty()) {
      TextTable rules = TextTable.of("rule", "condition", "message");
      for (Rule rule : document.rules().values()) {
        rules.row(rule.name(), rule.expression(), rule.message());
      }
      out.println();
      out.println(rules);
    }
  }

  private static String[] row(FieldDocument field) {
    String deprecated =
        Deprecation.of(field.deprecated()).map(block -> " (" + block.words() + ")").orElse("");
    return new String[] {
      field.name(), field.typeInWords(), personal(field.personal()), field.doc() + deprecated
    };
  }

  private static String personal(JsonNode mark) {
    if (mark.isMissingNode()) {
      return "";
    }
    return mark.has("protection")
        ? mark.path("class").asText() + ": " + mark.path("protection").asText()
        : mark.path("class").asText();
  }
}
