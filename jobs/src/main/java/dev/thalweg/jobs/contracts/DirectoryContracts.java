package dev.thalweg.jobs.contracts;

import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The contracts below a directory: {@code events/<event_type>/v<version>.avsc}. */
public final class DirectoryContracts implements ContractSource {
  private static final String SUFFIX = ".avsc";

  private final Path directory;

  /** Reads below that directory. */
  public DirectoryContracts(Path directory) {
    this.directory = Objects.requireNonNull(directory, "directory");
  }

  @Override
  public List<ContractFile> read() {
    if (!Files.isDirectory(directory)) {
      throw new ContractException(directory + ": no such directory of contracts");
    }
    List<ContractFile> contracts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        contracts.add(new ContractFile(path, Files.readString(file, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new ContractException(directory + ": cannot be read: " + e.getMessage(), e);
    }
    return contracts;
  }
}
