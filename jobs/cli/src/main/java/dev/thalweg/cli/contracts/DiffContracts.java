package dev.thalweg.cli.contracts;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.cli.ThalwegCommand;
import dev.thalweg.schemas.lint.ContractDiff;
import dev.thalweg.schemas.lint.ContractDocument;
import dev.thalweg.schemas.lint.ContractHistory;
import dev.thalweg.schemas.lint.ContractReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code contracts diff A B [--contracts DIR]}. */
@Command(
    name = "diff",
    description = "Says what changes from one contract to another, and who can still read whom.",
    footer = {
      "",
      "A and B: a file, a directory (of contracts, or of one contract's versions), or TYPE[@VERSION].",
      "Example: scripts/contracts diff order_placed@1 my-contracts/events/order_placed/v2.avsc"
    })
public final class DiffContracts extends ThalwegCommand {
  private static final String VERSION_FILE = "v[1-9][0-9]{0,5}\\.avsc";

  @Parameters(index = "0", paramLabel = "A", description = "the old one")
  private String from;

  @Parameters(index = "1", paramLabel = "B", description = "the new one")
  private String to;

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description = "finds TYPE[@VERSION] there instead of in the library's contracts")
  private Path directory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    boolean sets = isSet(from);
    if (sets != isSet(to)) {
      throw CommandFailure.wrongInput(
          "one is a directory of contracts and the other is not: name two of a kind");
    }
    if (sets) {
      printSets(ContractsDirectory.read(Path.of(from)), ContractsDirectory.read(Path.of(to)), out);
    } else {
      out.print(ContractDiff.of(contract(from), contract(to)).text());
    }
    out.flush();
    return 0;
  }

  /** A directory of contracts; one of a single contract's versions is not. */
  private static boolean isSet(String argument) throws IOException {
    return Files.isDirectory(Path.of(argument)) && newestFile(Path.of(argument)).isEmpty();
  }

  private ContractDocument contract(String argument) throws IOException {
    Path path = Path.of(argument);
    if (Files.isDirectory(path)) {
      return ContractArgument.inFile(newestFile(path).orElseThrow());
    }
    if (Files.exists(path)) {
      return ContractArgument.inFile(path);
    }
    if (argument.contains("/") || argument.endsWith(".avsc")) {
      throw CommandFailure.wrongInput(argument + ": there is no such file or directory");
    }
    return ContractArgument.named(argument, ContractsDirectory.of(directory, settings().root()));
  }

  private static Optional<Path> newestFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(VERSION_FILE))
          .max(Comparator.comparingInt(DiffContracts::version));
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
  }

  private static void printSets(ContractReading from, ContractReading to, PrintWriter out) {
    Set<String> names = new TreeSet<>(from.histories().keySet());
    names.addAll(to.histories().keySet());
    int equal = 0;
    for (String name : names) {
      ContractHistory before = from.histories().get(name);
      ContractHistory after = to.histories().get(name);
      if (before == null || after == null) {
        out.println((before == null ? "+ " : "- ") + name);
      } else if (before.newest().isEmpty() || after.newest().isEmpty()) {
        out.println(
            "? " + name + ": its newest version cannot be read; see scripts/contracts lint");
      } else {
        ContractDiff diff = ContractDiff.of(before.newest().get(), after.newest().get());
        if (diff.isEmpty()) {
          equal++;
        } else {
          out.print("~ " + diff.text());
        }
      }
    }
    out.println(equal + " unchanged");
  }
}
