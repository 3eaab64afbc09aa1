package dev.thalweg.cli.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.Progress;
import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code scripts/chaos}: real processes, killed and restarted in mid-run. */
class ChaosTrialTest {
  private static final Path ROOT = Path.of(System.getenv("THALWEG_ROOT"));

  @TempDir private Path home;

  private LocalStack stack;

  @AfterEach
  void down() {
    stack.down();
  }

  @Test
  void everyEventIsCommittedOnceThroughKillRestartAndRescale() throws Exception {
    StackSettings settings = StackSettings.onFreePorts(ROOT, home);
    stack = new LocalStack(settings, Progress.silent());
    stack.up();

    List<String> differences =
        new ChaosTrial(settings, stack, Progress.silent(), Mutant.NONE)
            .run(
                ChaosTrial.plan(500, 7, Instant.now()),
                500,
                List.of(Fault.KILL_TASKMANAGER, Fault.RESTART_POSTGRES, Fault.RESCALE));

    assertThat(differences).isEmpty();
  }
}
