package dev.thalweg.cli;

import dev.thalweg.jobs.contracts.ContractsConfig;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --contracts DIR}. */
public final class ContractsOption {

  @Option(
      names = "--contracts",
      paramLabel = "DIR",
      description =
          "contracts beside those of the library: DIR/events/<event_type>/v<version>.avsc")
  private Path directory;

  /** The directory, if one is named. */
  Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  /** The library's contracts, and those of the directory; what cannot be read is wrong input. */
  public ContractCatalog catalog() {
    String path = directory == null ? "" : directory.toString();
    try {
      return ContractsConfig.read(path, Duration.ZERO).catalog().load();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput(e.getMessage(), e);
    }
  }
}
