package dev.thalweg.schemas.lint;

import dev.thalweg.schemas.ContractException;
import dev.thalweg.schemas.ContractPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a directory of contracts as they are, good or bad. Immutable. */
public final class ContractFiles {
  /** The largest file that is read, in bytes. */
  public static final long MAX_BYTES = 1L << 20;

  private final List<SourceFile> files;
  private final ReleaseIndex index;

  private ContractFiles(List<SourceFile> files, ReleaseIndex index) {
    this.files = files.stream().sorted(Comparator.comparing(SourceFile::path)).toList();
    this.index = index;
  }

  /**
   * A file.
   *
   * @param path below the directory, with slashes
   * @param text null where it could not be read
   * @param problem why it could not be read, else null
   * @param rule what the problem violates, else null
   */
  record SourceFile(String path, String text, String problem, LintRule rule) {
    static SourceFile of(String path, String text) {
      return new SourceFile(path, text, null, null);
    }
  }

  /** Files by path, with the index of those that are released. */
  public static ContractFiles of(Map<String, String> textsByPath, ReleaseIndex index) {
    return new ContractFiles(
        textsByPath.entrySet().stream()
            .map(entry -> SourceFile.of(entry.getKey(), entry.getValue()))
            .toList(),
        index);
  }

  /**
   * The files below a directory that are, or should be, contracts: {@code *.avsc} and all that
   * stands in {@code events} and {@code records}; hidden files are left out.
   *
   * @throws ContractException if there is no such directory or it cannot be listed
   */
  public static ContractFiles below(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new ContractException(
          directory + ": there is no such directory of contracts; name one that holds events/");
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      List<SourceFile> files =
          walk
              .filter(file -> !Files.isDirectory(file))
              .map(file -> directory.relativize(file).toString().replace('\\', '/'))
              .filter(ContractFiles::isMeant)
              .collect(Collectors.toList())
              .parallelStream()
              .map(path -> read(directory, path))
              .toList();
      return new ContractFiles(files, index(directory.resolve(ReleaseIndex.FILE)));
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new ContractException(directory + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  private static boolean isMeant(String path) {
    if (path.startsWith(".") || path.contains("/.")) {
      return false;
    }
    return path.endsWith(".avsc") || path.startsWith("events/") || path.startsWith("records/");
  }

  private static SourceFile read(Path directory, String path) {
    Path file = directory.resolve(path);
    if (ContractPath.of(path).isEmpty()) {
      return SourceFile.of(path, "");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        String problem = "has " + Files.size(file) + " bytes; at most " + MAX_BYTES + " are read";
        return new SourceFile(path, null, problem, LintRule.FILE_TOO_LARGE);
      }
      byte[] bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return SourceFile.of(path, text);
    } catch (CharacterCodingException e) {
      return new SourceFile(path, null, "is not UTF-8", LintRule.FILE_UNREADABLE);
    } catch (IOException e) {
      return new SourceFile(path, null, "cannot be read", LintRule.FILE_UNREADABLE);
    }
  }

  private static ReleaseIndex index(Path file) throws IOException {
    return Files.exists(file) ? ReleaseIndex.parse(Files.readString(file)) : ReleaseIndex.EMPTY;
  }

  List<SourceFile> files() {
    return files;
  }

  /** What is released. */
  public ReleaseIndex index() {
    return index;
  }

  /** The texts of files that are well placed and not released yet, by path. */
  public Map<String, String> drafts() {
    Map<String, String> drafts = new TreeMap<>();
    for (SourceFile file : files) {
      if (file.text() != null
          && ContractPath.of(file.path()).isPresent()
          && !index.lists(file.path())) {
        drafts.put(file.path(), file.text());
      }
    }
    return drafts;
  }
}
