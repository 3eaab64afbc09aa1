package dev.thalweg.cli.stack;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How one service of the stack is prepared, run, asked and ended. */
interface ProcessDefinition {

  Service service();

  /** Writes configuration and formats storage, as far as that is not done yet. */
  void prepare() throws IOException, InterruptedException;

  List<String> command() throws IOException;

  Map<String, String> environment() throws IOException;

  /** Whether the running service does its work. */
  boolean answers();

  /** The signal that asks for an orderly end. */
  default String stopSignal() {
    return "TERM";
  }

  /** Whether a process that ended with this text should simply be started again. */
  default boolean isTransient(String cause) {
    return false;
  }
}
