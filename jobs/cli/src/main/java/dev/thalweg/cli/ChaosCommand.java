package dev.thalweg.cli;

import dev.thalweg.cli.chaos.ChaosTrial;
import dev.thalweg.cli.chaos.Fault;
import dev.thalweg.cli.chaos.Mutant;
import dev.thalweg.cli.demo.DemoPlan;
import dev.thalweg.cli.stack.TemporaryStack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos [--rate N] [--seed S] [--mutant M]}. */
@Command(
    name = "chaos",
    description = {
      "Runs ingest, metrics and experiments on a stack of their own, kills and restarts its parts in mid-run,",
      "checks that every event was committed once, the ledgers add up, and views and scorecards are those of a",
      "plain count. With a mutant, a defect put in on purpose, the trial passes if it finds the defect."
    })
final class ChaosCommand extends ThalwegCommand {

  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILL_TASKMANAGER,
          Fault.RESTART_POSTGRES,
          Fault.KILL_TASKMANAGER,
          Fault.KILL_JOBMANAGER,
          Fault.RESTART_KAFKA,
          Fault.RESCALE,
          Fault.KILL_TASKMANAGER);

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2000",
      description = "records a second (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "seed of the stream (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--mutant",
      paramLabel = "M",
      defaultValue = "none",
      description = "none, dedup-off or at-least-once")
  private String mutant;

  @Override
  public Integer call() throws IOException, SQLException {
    Mutant defect = mutant();
    if (!(rate > 0)) {
      throw CommandFailure.wrongInput("--rate " + rate + ": must be above 0");
    }
    Progress progress = Progress.onStandardError();
    List<String> differences;
    TemporaryStack own = TemporaryStack.create(settings().root(), "chaos", Progress.silent());
    try (own) {
      progress.say("starting a stack of its own");
      own.stack().up();
      DemoPlan plan = ChaosTrial.plan(rate, seed, Instant.now());
      differences =
          new ChaosTrial(own.settings(), own.stack(), progress, defect).run(plan, rate, FAULTS);
    }
    own.forget();
    differences.forEach(System.out::println);
    boolean passed = differences.isEmpty() == (defect == Mutant.NONE);
    System.out.println(verdict(defect, passed));
    return passed ? 0 : CommandFailure.FAILED;
  }

  private Mutant mutant() {
    try {
      return Mutant.valueOf(mutant.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput(
          "--mutant " + mutant + ": use none, dedup-off or at-least-once", e);
    }
  }

  private static String verdict(Mutant defect, boolean passed) {
    if (defect == Mutant.NONE) {
      return passed
          ? "chaos: %d faults, every event once, the ledger adds up, views and scorecards agree"
              .formatted(FAULTS.size())
          : "chaos: failed";
    }
    return passed ? "chaos: the defect was found" : "chaos: the defect went unnoticed";
  }
}
