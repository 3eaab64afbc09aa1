package dev.thalweg.cli.stack;

import java.util.List;

/** Ends what an unfinished {@code up} started, also when the user interrupts it. */
final class Undo {

  private final List<StackProcess> started;
  private final Thread onInterrupt;

  Undo(List<StackProcess> started) {
    this.started = started;
    this.onInterrupt = new Thread(this::now, "undo");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
  }

  void now() {
    Together.run(started.stream().map(process -> (Runnable) process::abandon).toList());
  }

  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The virtual machine is ending and the hook does its work.
    }
  }
}
