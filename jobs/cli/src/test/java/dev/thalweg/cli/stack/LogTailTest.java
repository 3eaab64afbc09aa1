package dev.thalweg.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir private Path directory;

  @Test
  void prefersTheInnermostCause() {
    assertThat(
            LogTail.causeIn(
                List.of(
                    "2026 ERROR Main - it fails",
                    "java.lang.RuntimeException: it fails",
                    "Caused by: java.io.IOException: cannot open the door",
                    "at a.B.c(B.java)")))
        .contains("cannot open the door");
  }

  @Test
  void readsOtherProgramsToo() {
    assertThat(LogTail.causeIn(List.of("LOG: starting", "FATAL:  no such role", "bye")))
        .contains("no such role");
    assertThat(LogTail.causeIn(List.of("something", "the last word"))).contains("the last word");
    assertThat(LogTail.causeIn(List.of())).isEmpty();
  }

  @Test
  void aFullDiskExplainsEverythingElse() {
    assertThat(
            LogTail.causeIn(
                List.of("java.io.IOException: No space left on device", "Caused by: a.B: c")))
        .contains("the disk is full (No space left on device)");
  }

  @Test
  void seesOnlyWhatCameAfterTheStart() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "FATAL: old\n");
    LogTail tail = LogTail.from(file);

    assertThat(tail.cause()).isEmpty();
    Files.writeString(file, "FATAL: new\n", StandardOpenOption.APPEND);
    assertThat(tail.cause()).contains("new");
  }
}
