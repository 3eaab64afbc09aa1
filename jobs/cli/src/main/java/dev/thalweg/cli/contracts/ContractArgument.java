package dev.thalweg.cli.contracts;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.lint.ContractDocument;
import dev.thalweg.schemas.lint.ContractHistory;
import dev.thalweg.schemas.lint.ContractReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the contract that a user means by {@code type}, {@code type@version} or a file. */
final class ContractArgument {
  private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9_]*)(?:@v?([0-9]{1,6}))?");

  private ContractArgument() {}

  /** The version named, or the newest, of a contract in that directory. */
  static ContractDocument named(String argument, Path directory) {
    Matcher name = NAME.matcher(argument);
    if (!name.matches()) {
      throw CommandFailure.wrongInput(
          argument + ": not a contract; write order_placed or order_placed@1");
    }
    ContractReading reading = ContractsDirectory.read(directory);
    ContractHistory history =
        reading
            .named(name.group(1))
            .orElseThrow(
                () ->
                    CommandFailure.wrongInput(
                        "there is no contract %s in %s; see scripts/contracts list"
                            .formatted(name.group(1), directory)));
    if (name.group(2) == null) {
      return history
          .newest()
          .orElseThrow(() -> CommandFailure.wrongInput(unreadable(argument, directory)));
    }
    int version = Integer.parseInt(name.group(2));
    if (!history.numbers().contains(version)) {
      throw CommandFailure.wrongInput(
          "%s has no version %d in %s; it has %s"
              .formatted(name.group(1), version, directory, history.numbers()));
    }
    return history
        .version(version)
        .orElseThrow(() -> CommandFailure.wrongInput(unreadable(argument, directory)));
  }

  private static String unreadable(String argument, Path directory) {
    return argument + " cannot be read; see scripts/contracts lint " + directory;
  }

  /** The contract in a file, wherever it stands. */
  static ContractDocument inFile(Path file) {
    try {
      return ContractReading.single(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw CommandFailure.wrongInput(file + ": cannot be read as UTF-8 text", e);
    } catch (ContractException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    }
  }
}
