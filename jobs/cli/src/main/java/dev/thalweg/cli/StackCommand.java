package dev.thalweg.cli;

import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.cli.stack.StackProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code stack up|down|status|reset}. */
@Command(
    name = "stack",
    description =
        "Runs Kafka, a Flink cluster (JobManager, TaskManager, ZooKeeper) and PostgreSQL on this machine.",
    footer = {
      "",
      "  up      start what does not run; return when everything works",
      "  down    end everything; state stays",
      "  status  show what runs; exit status 0 when all does",
      "  reset   end everything and delete all state",
      "",
      "Environment:",
      "  THALWEG_HOME       where state lives (.thalweg)",
      "  THALWEG_UI_PORT    port of Flink's web UI (8081); 0: any free port, also below",
      "  THALWEG_KAFKA_PORT port of Kafka (9092)",
      "  THALWEG_PG_PORT    port of PostgreSQL (15432)",
      "  FLINK_HOME, KAFKA_BOOTSTRAP, POSTGRES_URL",
      "                     use your own in place of the stack's"
    })
final class StackCommand extends ThalwegCommand {

  @Parameters(paramLabel = "up|down|status|reset", description = "what to do")
  private Action action;

  @Override
  public Integer call() {
    return switch (action) {
      case UP -> up();
      case DOWN -> down();
      case STATUS -> status();
      case RESET -> reset();
    };
  }

  private int up() {
    LocalStack stack = stack();
    boolean ran = stack.processes().stream().allMatch(StackProcess::isAlive);
    stack.up();
    StackAddresses addresses = stack.addresses();
    System.err.printf(
        "the stack is %s: web UI %s, Kafka %s, PostgreSQL %s%n",
        ran ? "up already" : "up",
        addresses.flink(),
        addresses.kafkaBootstrap(),
        addresses.postgres());
    return 0;
  }

  private int down() {
    System.err.println(stack().down() == 0 ? "nothing was running" : "the stack is down");
    return 0;
  }

  private int reset() {
    stack().reset();
    System.err.println("the stack is down and its state deleted");
    return 0;
  }

  private int status() {
    TextTable table = TextTable.of("process", "pid", "port", "state").alignRight(1).alignRight(2);
    boolean allUp = true;
    for (StackProcess process : stack().processes()) {
      boolean up = process.answers();
      allUp &= up;
      table.row(
          process.service().title(),
          process.pid().map(Object::toString).orElse("-"),
          process.port() == 0 ? "-" : Integer.toString(process.port()),
          up ? "up" : process.isAlive() ? "not answering" : "down");
    }
    System.out.println(table);
    return allUp ? 0 : CommandFailure.FAILED;
  }

  /** What can be done with a stack. */
  enum Action {
    UP,
    DOWN,
    STATUS,
    RESET
  }
}
