package dev.thalweg.operators.experiments.attribution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How events change the sums of a phase, by minute of event time; deltas merge. Mutable; not thread
 * safe.
 */
public final class PhaseDelta {
  private final PhaseShape shape;
  private final SortedMap<Long, PhaseSums> minutes = new TreeMap<>();
  private final SortedMap<Long, PhaseSums> cohorts = new TreeMap<>();
  private final ExposureDrops drops;
  private PhaseHealth health = PhaseHealth.NONE;
  private long events;
  private long latestArrival = Long.MIN_VALUE;

  /** Of no events. */
  public PhaseDelta(PhaseShape shape) {
    this(shape, new ExposureDrops(shape.arms()));
  }

  private PhaseDelta(PhaseShape shape, ExposureDrops drops) {
    this.shape = shape;
    this.drops = drops;
  }

  /** Counts an event that came in then, epoch milliseconds. */
  public void count(long arrival) {
    events++;
    latestArrival = Math.max(latestArrival, arrival);
  }

  /** Counts an event of a unit, and notes with its minute where it was read. */
  public void count(UnitHits hits) {
    count(hits.origin().arrival());
    sums(UnitSteps.minute(hits.eventTime())).sources().add(hits.origin(), hits.contract());
  }

  /**
   * Counts an exposure that was refused.
   *
   * @param failure why, from the closed list
   * @param arrival when the refused record came in, epoch milliseconds
   */
  public void droppedExposure(int arm, String failure, long arrival) {
    count(arrival);
    drops.add(arm, failure);
  }

  /** Counts an exposure that is not valid. */
  public void invalidExposure(long arrival) {
    count(arrival);
    health = health.plus(new PhaseHealth(0, 0, 0, 1));
  }

  /** What changes goes in here. */
  PhaseChanges changes() {
    return new PhaseChanges() {
      @Override
      public void unit(long minute, int arm, int sign) {
        sums(minute).addUnit(arm, sign);
      }

      @Override
      public void value(int metric, long minute, int arm, int sign, double first, double second) {
        sums(minute).addValue(metric, arm, sign, first, second);
      }

      @Override
      public void cohortUnit(long minute, int arm, int sign) {
        cohort(minute).addUnit(arm, sign);
      }

      @Override
      public void cohortValue(
          int metric, long minute, int arm, int sign, double first, double second) {
        cohort(minute).addValue(metric, arm, sign, first, second);
      }

      @Override
      public void health(int inSeveralArms, long outcomesBefore, int neverExposed) {
        health = health.plus(new PhaseHealth(inSeveralArms, outcomesBefore, neverExposed, 0));
      }
    };
  }

  /** What changes in a minute, to be added to. */
  public PhaseSums sums(long minute) {
    return minutes.computeIfAbsent(minute, m -> new PhaseSums(shape));
  }

  /** What changes in the cohort of a minute, to be added to. */
  public PhaseSums cohort(long minute) {
    return cohorts.computeIfAbsent(minute, m -> new PhaseSums(shape));
  }

  /** Adds another of the same phase. */
  public void merge(PhaseDelta other) {
    other.minutes.forEach((minute, sums) -> sums(minute).merge(sums));
    other.cohorts.forEach((minute, sums) -> cohort(minute).merge(sums));
    drops.merge(other.drops);
    health = health.plus(other.health);
    events += other.events;
    latestArrival = Math.max(latestArrival, other.latestArrival);
  }

  /** What sums there are. */
  public PhaseShape shape() {
    return shape;
  }

  /** What changes in each minute, counted from 1970. */
  public SortedMap<Long, PhaseSums> minutes() {
    return Collections.unmodifiableSortedMap(minutes);
  }

  /**
   * What changes in the cohort of each minute: the units that are exposed first in it, with what
   * their metrics have come to at its end. They are without sources.
   */
  public SortedMap<Long, PhaseSums> cohorts() {
    return Collections.unmodifiableSortedMap(cohorts);
  }

  /** How much the numbers of health change. */
  public PhaseHealth health() {
    return health;
  }

  /** How many exposures were refused, more than before. */
  public ExposureDrops drops() {
    return drops;
  }

  /** How many events. */
  public long events() {
    return events;
  }

  /** The latest arrival of them, epoch milliseconds. */
  public long latestArrival() {
    return latestArrival;
  }

  void writeTo(DataOutput out) throws IOException {
    shape.writeTo(out);
    drops.writeTo(out);
    health.writeTo(out);
    out.writeLong(events);
    out.writeLong(latestArrival);
    SourceNames names = SourceNames.of(minutes.values());
    names.writeTo(out);
    write(minutes, names, out);
    write(cohorts, names, out);
  }

  private static void write(SortedMap<Long, PhaseSums> all, SourceNames names, DataOutput out)
      throws IOException {
    out.writeInt(all.size());
    for (Map.Entry<Long, PhaseSums> minute : all.entrySet()) {
      out.writeLong(minute.getKey());
      minute.getValue().writeTo(out, names);
    }
  }

  static PhaseDelta readFrom(DataInput in) throws IOException {
    PhaseShape shape = PhaseShape.readFrom(in);
    PhaseDelta delta = new PhaseDelta(shape, ExposureDrops.readFrom(shape.arms(), in));
    delta.health = PhaseHealth.readFrom(in);
    delta.events = in.readLong();
    delta.latestArrival = in.readLong();
    SourceNames names = SourceNames.readFrom(in);
    read(delta.minutes, shape, names, in);
    read(delta.cohorts, shape, names, in);
    return delta;
  }

  private static void read(
      SortedMap<Long, PhaseSums> all, PhaseShape shape, SourceNames names, DataInput in)
      throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      long minute = in.readLong();
      all.put(minute, PhaseSums.readFrom(shape, in, names));
    }
  }
}
