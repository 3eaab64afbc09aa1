package dev.thalweg.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

  @TempDir private Path directory;

  @Test
  void findsTheSameProcessAgain() {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    PidFile file = new PidFile(directory.resolve("self.pid"));

    file.write(self);

    assertThat(file.running()).contains(self);
  }

  @Test
  void anotherProcessOfTheSameIdIsNotMeant() {
    PidFile file = new PidFile(directory.resolve("other.pid"));

    file.write(new ProcessIdentity(ProcessHandle.current().pid(), "started long ago"));

    assertThat(file.running()).isEmpty();
  }

  @Test
  void anEndedProcessDoesNotRun() throws Exception {
    Process child = new ProcessBuilder("bash", "-c", "read -r line").start();
    ProcessIdentity identity = ProcessIdentity.of(child.pid()).orElseThrow();
    assertThat(identity.isAlive()).isTrue();

    child.getOutputStream().close();
    child.waitFor();

    assertThat(identity.isAlive()).isFalse();
  }

  @Test
  void aDamagedFileNamesNoProcess() throws IOException {
    Path file = Files.writeString(directory.resolve("damaged.pid"), "12 34\nx");

    assertThat(new PidFile(file).running()).isEmpty();
    assertThat(new PidFile(directory.resolve("absent.pid")).running()).isEmpty();
  }
}
