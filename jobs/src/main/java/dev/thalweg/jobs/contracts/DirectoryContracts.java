package dev.thalweg.jobs.contracts;

import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The contracts below a directory: {@code events/<event_type>/v<version>.avsc}. The directory may
 * be local, or on any file system that Flink has a plugin for.
 */
public final class DirectoryContracts implements ContractSource {
  private static final String SUFFIX = ".avsc";

  /** A contract is a page or two; whatever is larger is something else. */
  private static final int MAX_BYTES = 16 << 20;

  private final Path directory;

  /**
   * Reads below that directory.
   *
   * @throws ContractException if it is not the name of a directory
   */
  public DirectoryContracts(String directory) {
    Objects.requireNonNull(directory, "directory");
    try {
      this.directory = new Path(directory);
    } catch (IllegalArgumentException e) {
      throw new ContractException(directory + ": not the name of a directory", e);
    }
  }

  /**
   * The directory with its scheme, the same on every machine that shares the file system.
   *
   * @throws ContractException if there is no such file system
   */
  public String location() {
    try {
      return directory.makeQualified(directory.getFileSystem()).toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<ContractFile> read() {
    List<ContractFile> contracts = new ArrayList<>();
    try {
      FileSystem files = directory.getFileSystem();
      if (!files.exists(directory) || !files.getFileStatus(directory).isDir()) {
        throw new ContractException(directory + ": no such directory of contracts");
      }
      read(files, directory, "", contracts);
    } catch (IOException e) {
      throw unreadable(e);
    }
    contracts.sort(Comparator.comparing(ContractFile::path));
    return contracts;
  }

  private ContractException unreadable(IOException e) {
    return new ContractException(directory + ": cannot be read: " + e.getMessage(), e);
  }

  private static void read(
      FileSystem files, Path directory, String within, List<ContractFile> contracts)
      throws IOException {
    FileStatus[] entries = files.listStatus(directory);
    for (FileStatus entry : entries == null ? new FileStatus[0] : entries) {
      String path = within + entry.getPath().getName();
      if (entry.isDir()) {
        read(files, entry.getPath(), path + "/", contracts);
      } else if (path.endsWith(SUFFIX)) {
        contracts.add(new ContractFile(path, text(files, entry)));
      }
    }
  }

  private static String text(FileSystem files, FileStatus entry) throws IOException {
    if (entry.getLen() > MAX_BYTES) {
      throw new IOException(entry.getPath() + " is too large for a contract");
    }
    try (FSDataInputStream in = files.open(entry.getPath())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
