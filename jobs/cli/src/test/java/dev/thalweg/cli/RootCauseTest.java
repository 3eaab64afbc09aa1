package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class RootCauseTest {

  @Test
  void isTheInnermostMessageOnOneLine() {
    assertThat(
            RootCause.of(
                new IllegalStateException("outer", new IOException("disk is\n   on fire"))))
        .isEqualTo("disk is on fire");
  }

  @Test
  void namesWhatWasThrownWhenItsMessageSaysLittle() {
    assertThat(RootCause.of(new ClassNotFoundException("dev.Missing")))
        .isEqualTo("ClassNotFoundException: dev.Missing");
    assertThat(RootCause.of(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertThat(RootCause.of(new NoSuchFileException("/a/b"))).isEqualTo("no such file: /a/b");
  }
}
