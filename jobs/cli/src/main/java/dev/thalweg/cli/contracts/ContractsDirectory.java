package dev.thalweg.cli.contracts;

import dev.thalweg.cli.CommandFailure;
import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.lint.ContractFiles;
import dev.thalweg.schemas.lint.ContractReading;
import java.nio.file.Path;

/** Where the contracts are that a command is about. */
final class ContractsDirectory {
  private static final String LIBRARY = "schemas/src/main/avro/contracts";

  private ContractsDirectory() {}

  /** The directory the user named, else the library's. */
  static Path of(Path chosen, Path root) {
    return chosen == null ? root.resolve(LIBRARY) : chosen;
  }

  /** The files of a directory; one that is not there is wrong input. */
  static ContractFiles files(Path directory) {
    try {
      return ContractFiles.below(directory);
    } catch (ContractException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    }
  }

  /** The contracts of a directory; one that is not there is wrong input. */
  static ContractReading read(Path directory) {
    return ContractReading.of(files(directory));
  }
}
