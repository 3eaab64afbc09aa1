package dev.thalweg.operators.metrics;

import dev.thalweg.operators.event.MessageTypes;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.OperatorHarness;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.ContractCatalog;
import java.lang.management.ManagementFactory;

/**
 * Measures how many events {@link SelectEvents} takes in a second of its thread's CPU time, which
 * other processes do not change much, with 1, 100 and 1,000 metrics of three event types, and how
 * long it takes to its first events. To run it, see {@link StateGrowth}.
 */
public final class SelectionSpeed {
  private static final int USERS = 1_000;
  private static final long WARM_NANOS = 3_000_000_000L;

  private SelectionSpeed() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    RawRecord[] events = new RawRecord[3 * USERS];
    for (int i = 0; i < events.length; i++) {
      String type = new String[] {"product_viewed", "cart_added", "order_placed"}[i % 3];
      events[i] =
          CanonicalEvents.of(
              TestEvents.event(type)
                  .user("user-" + i / 3)
                  .at(TestEvents.NOON + i)
                  .with("price_cents", 50L * (i % 5)));
    }
    for (int metrics : new int[] {1, 1, 100, 1_000}) {
      measure(metrics, events);
    }
  }

  private static void measure(int metrics, RawRecord[] events) throws Exception {
    MetricsConfig config = ThousandMetricsTest.config(metrics);
    long began = cpu();
    try (var select =
        OperatorHarness.ofOperator(
                () -> new SelectEvents(ContractCatalog::fromClassPath, null, config),
                MessageTypes.RAW_RECORD,
                MetricsTypes.CONTRIBUTION)
            .open()) {
      select.process(events[0], events[1], events[2]);
      long ready = cpu();
      run(select, events);
      long warm = cpu();
      long taken = run(select, events);
      System.out.printf(
          "%,6d metrics: %,6d ms to the first events, then %,10d events/s of CPU%n",
          metrics, (ready - began) / 1_000_000, taken * 1_000_000_000L / (cpu() - warm));
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long run(OperatorHarness<RawRecord, Contribution> select, RawRecord[] events)
      throws Exception {
    long taken = 0;
    for (long end = cpu() + WARM_NANOS; cpu() < end; ) {
      select.process(events);
      select.snapshot();
      select.drainAll();
      select.drain(SelectEvents.HITS);
      taken += events.length;
    }
    return taken;
  }
}
