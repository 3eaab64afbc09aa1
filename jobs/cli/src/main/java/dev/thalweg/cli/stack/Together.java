package dev.thalweg.cli.stack;

import dev.thalweg.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs tasks side by side and returns when all have ended; the first failure is passed on. */
final class Together {

  private Together() {}

  static void run(List<Runnable> tasks) {
    ConcurrentLinkedQueue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (Runnable task : tasks) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  task.run();
                } catch (RuntimeException e) {
                  failures.add(e);
                }
              },
              "stack");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
    if (!failures.isEmpty()) {
      throw failures.peek();
    }
  }
}
