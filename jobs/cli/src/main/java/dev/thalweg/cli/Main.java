package dev.thalweg.cli;

import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Finds the command and turns every failure into one line and an exit status. */
@Command(
    name = "scripts/",
    description = "The commands behind scripts/.",
    mixinStandardHelpOptions = true,
    versionProvider = ThalwegVersion.class,
    subcommands = {
      StackCommand.class,
      TopicsCommand.class,
      SqlCommand.class,
      ConsumeCommand.class,
      SubmitCommand.class,
      StopCommand.class,
      TryCommand.class,
      DemoCommand.class,
      ChaosCommand.class,
      ProduceCommand.class,
      ContractsCommand.class,
      ExperimentsCommand.class,
    })
public final class Main {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine =
        new CommandLine(new Main())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Main::wrongUsage)
            .setExecutionExceptionHandler(Main::failed);
    setSynopsis(commandLine);
    return commandLine;
  }

  private static void setSynopsis(CommandLine parent) {
    for (CommandLine command : parent.getSubcommands().values()) {
      String name = name(command);
      String synopsis = command.getHelp().synopsis(0).strip();
      String rest = synopsis.substring(synopsis.indexOf(name) + name.length());
      command
          .getCommandSpec()
          .usageMessage()
          .customSynopsis("scripts/" + name + rest.replaceAll("\\s+", " "));
      setSynopsis(command);
    }
  }

  /** What follows {@code scripts/}: {@code sql}, or {@code contracts lint}. */
  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName().replaceFirst("^scripts/ ", "");
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = name(command);
    PrintWriter err = command.getErr();
    err.println(
        "%s: %s; see scripts/%s --help".formatted(name, RootCause.oneLine(e.getMessage()), name));
    return CommandFailure.WRONG_INPUT;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    LOG.info("{} failed", command.getCommandName(), e);
    boolean known = e instanceof CommandFailure;
    String reason = known ? RootCause.joined(e.getMessage()) : RootCause.of(e);
    command.getErr().println(name(command) + ": " + reason);
    return known ? ((CommandFailure) e).exitStatus() : CommandFailure.FAILED;
  }
}
