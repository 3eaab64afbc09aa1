package dev.thalweg.operators.experiments.routing;

import com.sun.management.ThreadMXBean;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.experiments.attribution.AttributionTypes;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import dev.thalweg.operators.experiments.selection.SelectHits;
import dev.thalweg.operators.experiments.selection.SelectionConfig;
import dev.thalweg.operators.ledger.LedgerTally;
import dev.thalweg.operators.metrics.CanonicalEvents;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.operators.testkit.TwoInputHarness;
import dev.thalweg.schemas.ContractCatalog;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;

/**
 * Measures what {@link SelectHits} and {@link RouteExperiments} cost an event, in CPU time of their
 * thread and in bytes allocated, with 10, 100 and 1,000 experiments of which five concern an order
 * and one an exposure; of mixed events, a third are orders, exposures and page views each. Nothing
 * is serialized, which in a job adds the same to each. The numbers of experiments take turns; the
 * median of them is printed. To run it, see {@code StateGrowth}.
 */
public final class ExperimentsSpeed {
  private static final int[] EXPERIMENTS = {10, 100, 1_000};
  private static final int EVENTS = 12_000;
  private static final int ROUNDS = 9;
  private static final int EMIT = 1_000;
  private static final int PASSES = 25;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ExperimentsSpeed() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    SelectionConfig config = new SelectionConfig(Duration.ofHours(48), Duration.ofMillis(EMIT));
    for (boolean isMixed : new boolean[] {true, false}) {
      System.out.println(isMixed ? "Mixed events" : "Exposures alone");
      measure(
          () -> new SelectHits(ContractCatalog::fromClassPath, null, config),
          AttributionTypes.UNIT_HITS,
          isMixed);
    }
    System.out.println("Mixed events, routed");
    measure(
        () -> new RouteExperiments(ContractCatalog::fromClassPath, null, config.lateness()),
        RoutedRecordSerializer.TYPE,
        true);
  }

  private interface Factory<O> {
    TwoInputStreamOperator<RawRecord, ExperimentDefinition, O> make();
  }

  private record Cost(double nanos, double bytes) {}

  private static <O> void measure(Factory<O> factory, TypeInformation<O> out, boolean isMixed)
      throws Exception {
    List<TwoInputHarness<RawRecord, ExperimentDefinition, O>> harnesses = new ArrayList<>();
    List<RawRecord[]> events = new ArrayList<>();
    for (int count : EXPERIMENTS) {
      var harness = TwoInputHarness.of(factory::make, out).open();
      for (ExperimentDefinition each : ManyExperimentsTest.experiments(count)) {
        harness.second(each);
      }
      harnesses.add(harness.secondIdle());
      events.add(events(count, isMixed));
    }
    List<List<Cost>> costs = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round <= ROUNDS; round++) {
      for (int i = 0; i < EXPERIMENTS.length; i++) {
        Cost cost = run(harnesses.get(i), events.get(i), round);
        if (round > 0) {
          costs.get(i).add(cost);
        }
      }
    }
    double first = median(costs.get(0)).nanos;
    for (int i = 0; i < EXPERIMENTS.length; i++) {
      Cost median = median(costs.get(i));
      System.out.printf(
          Locale.ROOT,
          "%,6d experiments: %,5.0f ns of CPU and %,5.0f bytes an event, %.2f times%n",
          EXPERIMENTS[i],
          median.nanos,
          median.bytes,
          median.nanos / first);
      harnesses.get(i).close();
    }
  }

  private static RawRecord[] events(int experiments, boolean isMixed) {
    RawRecord[] events = new RawRecord[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      int kind = isMixed ? i % 3 : 1;
      events[i] =
          switch (kind) {
            case 0 -> record(ManyExperimentsTest.order(), i);
            case 1 -> record(ManyExperimentsTest.exposure(i % experiments), i);
            default -> record(TestEvents.event("page_viewed"), i);
          };
    }
    return events;
  }

  private static RawRecord record(TestEvents event, int number) {
    return CanonicalEvents.of(event.id("event-" + number).user("user-" + number % 1_000));
  }

  private static Cost median(List<Cost> costs) {
    List<Cost> sorted = new ArrayList<>(costs);
    sorted.sort((left, right) -> Double.compare(left.nanos, right.nanos));
    return sorted.get(sorted.size() / 2);
  }

  private static Cost run(
      TwoInputHarness<RawRecord, ExperimentDefinition, ?> harness, RawRecord[] events, int round)
      throws Exception {
    long nanos = 0;
    long bytes = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      harness.first(events);
      bytes += THREADS.getCurrentThreadAllocatedBytes() - allocated;
      nanos += THREADS.getCurrentThreadCpuTime() - cpu;
      harness.clock((long) EMIT * (1 + round * PASSES + pass));
      harness.drainAll();
      harness.drain(LedgerTally.COUNTS);
    }
    double taken = (double) PASSES * events.length;
    return new Cost(nanos / taken, bytes / taken);
  }
}
