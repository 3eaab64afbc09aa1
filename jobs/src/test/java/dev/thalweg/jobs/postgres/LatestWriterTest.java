package dev.thalweg.jobs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The latest value is written in the end, whatever the writes do, and no thread stays. */
final class LatestWriterTest {
  private static final long LONG = 60_000;

  private final List<Integer> written = new CopyOnWriteArrayList<>();

  private static void nothing() {
    // No write hangs in these tests.
  }

  private static boolean isRunning(String name) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
  }

  @Test
  void writesWhatIsOffered() {
    LatestWriter<Integer> writer = new LatestWriter<>("plain", written::add);
    writer.offer(1);
    await().until(() -> written.equals(List.of(1)));
    writer.offer(2);
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(written).containsExactly(1, 2);
    assertThat(isRunning("plain")).isFalse();
  }

  @Test
  void offeringNeverWaitsAndOnlyTheLatestIsWritten() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "slow",
            value -> {
              begun.countDown();
              go.await();
              written.add(value);
            });
    writer.offer(0);
    begun.await();
    for (int i = 1; i <= 1000; i++) {
      writer.offer(i);
    }
    go.countDown();
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(written).containsExactly(0, 1000);
  }

  @Test
  void failuresAreTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "failing",
            value -> {
              if (attempts.incrementAndGet() < 3) {
                throw new IOException("down");
              }
              written.add(value);
            });
    writer.offer(7);
    await().until(() -> written.equals(List.of(7)));
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(attempts).hasValue(3);
  }

  @Test
  void newerValueTakesThePlaceOfOneThatFails() {
    BlockingQueue<Integer> tried = new LinkedBlockingQueue<>();
    AtomicBoolean down = new AtomicBoolean(true);
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "replaced",
            value -> {
              tried.add(value);
              if (down.get()) {
                throw new IOException("down");
              }
              written.add(value);
            });
    writer.offer(1);
    await().until(() -> tried.contains(1));
    writer.offer(2);
    await().until(() -> tried.contains(2));
    down.set(false);
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(written).containsExactly(2);
  }

  @Test
  void closingMakesOneMoreAttempt() {
    AtomicInteger attempts = new AtomicInteger();
    AtomicBoolean down = new AtomicBoolean(true);
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "last",
            value -> {
              attempts.incrementAndGet();
              if (down.get()) {
                throw new IOException("down");
              }
              written.add(value);
            });
    writer.offer(5);
    // From the fourth on the pause is longer than a second: closing falls into it.
    await().until(() -> attempts.get() == 4);
    down.set(false);
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(written).containsExactly(5);
  }

  @Test
  void closingGivesUpWhileTheTargetStaysDown() {
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "down",
            value -> {
              throw new IOException("down");
            });
    writer.offer(1);
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(isRunning("down")).isFalse();
  }

  @Test
  void closingAbortsWriteThatNeverEnds() {
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    LatestWriter<Integer> writer =
        new LatestWriter<>(
            "stuck",
            value -> {
              begun.countDown();
              boolean waiting = true;
              while (waiting) {
                try {
                  released.await();
                  waiting = false;
                } catch (InterruptedException e) {
                  // As a read from a socket, it does not listen.
                  waiting = released.getCount() > 0;
                }
              }
            });
    writer.offer(1);
    await().until(() -> begun.getCount() == 0);
    writer.close(1, released::countDown);
    await().until(() -> !isRunning("stuck"));
  }

  @Test
  void interruptedCloseReturnsAndKeepsTheInterrupt() {
    CountDownLatch never = new CountDownLatch(1);
    LatestWriter<Integer> writer = new LatestWriter<>("interrupted", value -> never.await());
    writer.offer(1);
    Thread.currentThread().interrupt();
    writer.close(LONG, LatestWriterTest::nothing);
    assertThat(Thread.interrupted()).isTrue();
    await().until(() -> !isRunning("interrupted"));
  }
}
