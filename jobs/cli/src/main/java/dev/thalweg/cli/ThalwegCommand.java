package dev.thalweg.cli;

import dev.thalweg.cli.stack.LocalStack;
import dev.thalweg.cli.stack.StackAddresses;
import dev.thalweg.cli.stack.StackSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What every command has: help, and the stack it works on. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = ThalwegVersion.class,
    usageHelpAutoWidth = true,
    sortOptions = false)
public abstract class ThalwegCommand implements Callable<Integer> {

  /** What the environment says. */
  protected final StackSettings settings() {
    return StackSettings.fromEnvironment(System.getenv());
  }

  /** The stack that the environment means. */
  protected final LocalStack stack() {
    return new LocalStack(settings(), Progress.onStandardError());
  }

  /** Where Kafka, Flink and PostgreSQL are. */
  protected final StackAddresses addresses() {
    return stack().addresses();
  }
}
