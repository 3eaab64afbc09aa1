package dev.thalweg.cli;

import dev.thalweg.cli.demo.Demo;
import dev.thalweg.cli.demo.DemoInput;
import dev.thalweg.cli.demo.PlantedExperiments;
import dev.thalweg.cli.stack.TemporaryStack;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo [--events N] [--seed S] [--input FILE --mapping M] [--smoke]}. */
@Command(
    name = "demo",
    description = {
      "Starts Kafka, Flink and PostgreSQL here, runs the jobs on a stream whose truth is known, and",
      "shows the ledger, the dead letters, the views, the scorecards of two experiments with the",
      "decisions on them, both as pages too, and the address of the web UI."
    },
    footer = {
      "",
      "The stack stays up: scripts/stack down ends it, scripts/stack reset also forgets its data."
    })
final class DemoCommand extends ThalwegCommand {

  private static final long EVENTS = 100_000;
  private static final long SMOKE_EVENTS = 20_000;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "records to send (default: 100000; 20000 with --smoke)")
  private Long events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "makes the same stream again (default: another each time)")
  private Long seed;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "send this file instead of a made-up stream")
  private Path input;

  @Option(names = "--mapping", paramLabel = "M", description = "how rows of FILE become events")
  private Path mapping;

  @Option(
      names = "--backlog",
      description =
          "send everything before the job starts, so that the rate shown is the job's own")
  private boolean backlog;

  @Option(
      names = "--smoke",
      description =
          "small, on a stack of its own; compares with the truth and takes the stack down")
  private boolean smoke;

  @Override
  public Integer call() throws Exception {
    if (mapping != null && input == null) {
      throw CommandFailure.wrongInput("--mapping needs --input FILE");
    }
    if (events != null && events < 1) {
      throw CommandFailure.wrongInput("--events " + events + ": must be at least 1");
    }
    if (smoke) {
      return smoke();
    }
    Demo demo = new Demo(settings(), stack(), Progress.onStandardError(), System.out);
    demo.run(demoInput(EVENTS), backlog);
    System.out.println();
    System.out.println("web UI: " + stack().addresses().flink());
    System.out.println(
        "end it: scripts/stack down; look further: scripts/sql \"select * from ledger\", scripts/consume events.canonical --max 5");
    return 0;
  }

  private DemoInput demoInput(long usual) {
    if (input != null) {
      return DemoInput.ofFile(input, Optional.ofNullable(mapping));
    }
    Instant now = Instant.now();
    return DemoInput.generated(
        events == null ? usual : events,
        seed == null ? now.toEpochMilli() : seed,
        now,
        PlantedExperiments.read(settings().root(), ContractCatalog.fromClassPath()));
  }

  /** On ports and in a directory of its own, so that it runs beside anything. */
  private int smoke() throws Exception {
    Progress progress = Progress.onStandardError();
    TemporaryStack own = TemporaryStack.create(settings().root(), "smoke", progress);
    boolean passed = false;
    try (own) {
      Demo demo = new Demo(own.settings(), own.stack(), progress, System.out);
      passed = demo.run(demoInput(SMOKE_EVENTS), backlog);
    } finally {
      if (passed) {
        own.forget();
      } else {
        progress.say("logs are kept in " + own.stack().home().logs());
      }
    }
    System.out.println(passed ? "smoke: all as it must be" : "smoke: failed");
    return passed ? 0 : CommandFailure.FAILED;
  }
}
