package dev.thalweg.cli.contracts;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.schemas.lint.ContractFiles;
import dev.thalweg.schemas.lint.ContractLinter;
import dev.thalweg.schemas.lint.LintReport;
import dev.thalweg.schemas.lint.ReleaseIndex;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code contracts lint [DIR] [--format text|json] [--today DATE] [--release]}. */
@Command(
    name = "lint",
    description = "Finds all that is wrong with contracts.",
    footer = {
      "",
      "Exit status: 0 without errors (warnings are fine), 1 with errors, 2 for wrong input.",
      "The rules stand in schemas/LINT.md. Example: scripts/contracts lint my-contracts --format json"
    })
public final class LintContracts extends ThalwegCommand {
  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "directory that holds events/ and records/; default: the library's contracts")
  private Path directory;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "how to print the findings")
  private Format format;

  @Option(
      names = "--today",
      paramLabel = "DATE",
      converter = DateConverter.class,
      description = "judge deprecations as on that day, such as 2026-11-01; default: today in UTC")
  private LocalDate today;

  @Option(
      names = "--release",
      description =
          "if there is no error, list the drafts in DIR/index.txt: they never change again")
  private boolean release;

  @Spec private CommandSpec spec;

  /** How findings are printed. */
  enum Format {
    TEXT,
    JSON
  }

  @Override
  public Integer call() {
    Path folder = ContractsDirectory.of(directory, settings().root());
    ContractFiles files = ContractsDirectory.files(folder);
    LocalDate day = today == null ? LocalDate.now(ZoneOffset.UTC) : today;
    LintReport report = new ContractLinter(day).lint(files);
    Set<String> released = Set.of();
    if (release && report.errors() == 0) {
      released = release(folder, files);
    }
    PrintWriter out = spec.commandLine().getOut();
    LintPrinter printer = new LintPrinter(report, released, release);
    out.print(format == Format.JSON ? printer.json() : printer.text());
    out.flush();
    return report.errors() == 0 ? 0 : CommandFailure.FAILED;
  }

  /** Replaces the index in one step, so that it is never half written. */
  private static Set<String> release(Path folder, ContractFiles files) {
    Map<String, String> drafts = files.drafts();
    if (drafts.isEmpty()) {
      return Set.of();
    }
    Path index = folder.resolve(ReleaseIndex.FILE);
    try {
      Path next = Files.createTempFile(folder, ".index", ".txt");
      try {
        Files.writeString(next, files.index().with(drafts).text());
        Files.move(next, index, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
      return drafts.keySet();
    } catch (IOException e) {
      throw CommandFailure.failed(index + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
