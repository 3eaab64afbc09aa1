package dev.thalweg.jobs.postgres;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the latest of values that each make those before needless, on a thread of its own, so that
 * a slow or absent database delays nobody. Failures are tried again, with a pause that doubles from
 * a quarter of a second to ten.
 *
 * @param <T> what is written
 */
final class LatestWriter<T> {
  /** Writes one value, or fails. */
  interface Write<T> {
    void write(T value) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(LatestWriter.class);

  private final String name;
  private final Write<T> write;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;

  private T latest;
  private boolean closing;

  LatestWriter(String name, Write<T> write) {
    this.name = name;
    this.write = write;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(LatestWriter.class.getClassLoader());
    thread.setUncaughtExceptionHandler(
        (t, e) -> LOG.error("{}: ended; nothing more is published", name, e));
    thread.start();
  }

  void offer(T value) {
    lock.lock();
    try {
      latest = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what was offered last, if that succeeds within the time; ends the thread.
   *
   * @param timeoutMillis how long to wait
   * @param abort breaks off a write that takes longer, as an interrupt may not
   */
  void close(long timeoutMillis, Runnable abort) {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(timeoutMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
      abort.run();
    }
  }

  private void run() {
    try {
      T value = next();
      while (value != null) {
        writeUntilReplaced(value);
        value = next();
      }
    } catch (InterruptedException e) {
      LOG.debug("{}: interrupted", name);
    }
  }

  /** Waits for a value; null when closing and nothing is left. */
  private T next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (latest == null && !closing) {
        changed.await();
      }
      T value = latest;
      latest = null;
      return value;
    } finally {
      lock.unlock();
    }
  }

  private void writeUntilReplaced(T value) throws InterruptedException {
    RetryPauses pauses = new RetryPauses();
    while (true) {
      // Before the attempt: one more is made after closing began.
      boolean isLast = isClosing();
      try {
        write.write(value);
        return;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        LOG.warn("{}: {}{}", name, e.getMessage(), isLast ? "; gives up, as the job ends" : "");
      }
      if (isLast || isReplacedWithin(pauses.nextMillis())) {
        return;
      }
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private boolean isReplacedWithin(long millis) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (nanos > 0 && latest == null && !closing) {
        nanos = changed.awaitNanos(nanos);
      }
      return latest != null;
    } finally {
      lock.unlock();
    }
  }
}
