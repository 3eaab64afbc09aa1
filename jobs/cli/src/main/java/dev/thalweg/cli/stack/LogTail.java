package dev.thalweg.cli.stack;

import dev.thalweg.cli.RootCause;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process wrote since it was started, and the line of it that says why it ended. */
final class LogTail {

  private static final int MOST_BYTES = 256 * 1024;
  private static final List<String> TELLING =
      List.of("Address already in use", "Operation not permitted");
  private static final String DISK_FULL = "No space left on device";
  private static final Pattern CAUSED_BY =
      Pattern.compile(
          "^(?:Caused by|Exception in thread .*?): ?(?:[\\w.$]+(?:Exception|Error): )?(.*)$");
  private static final Pattern PROBLEM =
      Pattern.compile("^.*?\\b(?:FATAL|ERROR|PANIC|[Ee]rror)\\b:?\\s*(.*)$");

  private final Path file;
  private final long start;

  private LogTail(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  /** From the present end of the file on. */
  static LogTail from(Path file) {
    try {
      return new LogTail(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      return new LogTail(file, 0);
    }
  }

  Path file() {
    return file;
  }

  /** The reason, as far as the text tells one. */
  Optional<String> cause() {
    return causeIn(text().lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
  }

  static Optional<String> causeIn(List<String> lines) {
    if (lines.stream().anyMatch(line -> line.contains(DISK_FULL))) {
      return Optional.of("the disk is full (" + DISK_FULL + ")");
    }
    for (String telling : TELLING) {
      Optional<String> found = last(lines, Pattern.compile("^(.*" + telling + ".*)$"));
      if (found.isPresent()) {
        return found;
      }
    }
    return last(lines, CAUSED_BY)
        .or(() -> last(lines, PROBLEM))
        .or(() -> lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1)))
        .map(RootCause::oneLine);
  }

  private static Optional<String> last(List<String> lines, Pattern pattern) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher matcher = pattern.matcher(lines.get(i));
      if (matcher.matches() && !matcher.group(1).isBlank()) {
        return Optional.of(matcher.group(1));
      }
    }
    return Optional.empty();
  }

  private String text() {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long begin = start <= reader.length() ? start : 0;
      begin = Math.max(begin, reader.length() - MOST_BYTES);
      byte[] bytes = new byte[(int) (reader.length() - begin)];
      reader.seek(begin);
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
