package dev.thalweg.cli.demo;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A product's event stream as it arrives: nearly in order, some events minutes or hours late, some
 * twice, some bad. Memory does not grow with the stream. Knows what must become of each record. Not
 * thread safe.
 */
public final class EventGenerator implements Iterator<OutgoingRecord> {

  private static final int HELD_BACK_AT_MOST = 1 << 16;
  private static final int REMEMBERED = 1 << 12;
  private static final int LARGE_EVENTS = 3;
  private static final int FEWEST_WITH_LARGE = 1_000;
  private static final int LARGEST_REMEMBERED = 1 << 12;

  private record HeldBack(DemoRecord record, long arrival, long number) {}

  private final DemoPlan plan;
  private final SplittableRandom random;
  private final Traffic traffic;
  private final Delays delays;
  private final Truth truth = new Truth();
  private final PriorityQueue<HeldBack> heldBack =
      new PriorityQueue<>(
          Comparator.comparingLong(HeldBack::arrival).thenComparingLong(HeldBack::number));
  private final DemoRecord[] remembered = new DemoRecord[REMEMBERED];
  private int rememberedCount;
  private final int largeEvents;
  private long made;
  private long emitted;
  private long largeMade;
  private long clock = Long.MIN_VALUE;

  /** A generator of a plan's stream. */
  public EventGenerator(DemoPlan plan, ContractCatalog catalog, PlantedExperiments experiments) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
    this.traffic = new Traffic(plan, catalog, experiments, random.split());
    this.delays = new Delays(random.split());
    this.largeEvents = plan.bad() > 0 && plan.events() >= FEWEST_WITH_LARGE ? LARGE_EVENTS : 0;
  }

  @Override
  public boolean hasNext() {
    return emitted < plan.events();
  }

  @Override
  public OutgoingRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the stream has ended");
    }
    emitted++;
    DemoRecord record = repeats() ? repeat() : account(release());
    return new OutgoingRecord(record.key(), record.value(), emitted);
  }

  /** What must become of the records emitted so far; goes on counting. */
  public Truth truth() {
    return truth;
  }

  private boolean repeats() {
    return rememberedCount > 0 && random.nextDouble() < plan.duplicates();
  }

  private DemoRecord repeat() {
    DemoRecord record = remembered[random.nextInt(Math.min(rememberedCount, REMEMBERED))];
    if (record.failure() == null) {
      truth.drop();
    } else {
      truth.refuse(record);
    }
    return record;
  }

  /** Makes events until none still to be made can arrive before the first of those held back. */
  private DemoRecord release() {
    while (heldBack.isEmpty()
        || (heldBack.peek().arrival() > clock && heldBack.size() < HELD_BACK_AT_MOST)) {
      DemoRecord record = make();
      clock = Math.max(clock, record.time());
      long arrival = record.time() + delays.draw();
      heldBack.add(new HeldBack(record, arrival, made++));
    }
    return heldBack.poll().record();
  }

  private DemoRecord make() {
    if (largeMade < largeEvents && made >= (largeMade + 1) * plan.events() / (largeEvents + 2)) {
      largeMade++;
      return traffic.nextTooLarge();
    }
    return random.nextDouble() < plan.bad() ? traffic.nextBad() : traffic.next();
  }

  private DemoRecord account(DemoRecord record) {
    if (record.failure() == null) {
      truth.accept(record);
    } else {
      truth.refuse(record);
    }
    if (record.value().length <= LARGEST_REMEMBERED) {
      remembered[rememberedCount++ % REMEMBERED] = record;
    }
    return record;
  }
}
