package dev.thalweg.operators.experiments.scoring;

import dev.thalweg.operators.experiments.attribution.ExposureDrops;
import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.attribution.PhaseHealth;
import dev.thalweg.operators.experiments.attribution.PhaseShape;
import dev.thalweg.operators.experiments.attribution.PhaseSums;
import dev.thalweg.operators.experiments.attribution.SourceNames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is known of a phase: the sums of closed minutes, of each open one, and what was found
 * when minutes closed. What comes for a closed minute counts at once, but is not found again.
 * Mutable.
 */
final class PhaseBook {
  private static final long NONE = Long.MIN_VALUE;
  private static final long MINUTE_MILLIS = 60_000;

  private final PhaseShape shape;
  private final PhaseSums closed;
  private final TreeMap<Long, PhaseSums> open = new TreeMap<>();
  private final ExposureDrops drops;
  private PhaseHealth health = PhaseHealth.NONE;
  private long events;
  private long latestArrival = NONE;
  private long closedMinute = NONE;
  private long firstMinute = NONE;
  private long newestMinute = NONE;
  private double sampleRatio = 1;
  private ToldDecision told = ToldDecision.NONE;

  PhaseBook(PhaseShape shape) {
    this(shape, new PhaseSums(shape), new ExposureDrops(shape.arms()));
  }

  private PhaseBook(PhaseShape shape, PhaseSums closed, ExposureDrops drops) {
    this.shape = shape;
    this.closed = closed;
    this.drops = drops;
  }

  /** Takes in what changed. */
  void add(PhaseDelta delta) {
    delta
        .minutes()
        .forEach(
            (minute, sums) -> {
              newestMinute = Math.max(newestMinute, minute);
              if (minute <= closedMinute) {
                closed.merge(sums);
              } else {
                open.computeIfAbsent(minute, m -> new PhaseSums(shape)).merge(sums);
              }
            });
    drops.merge(delta.drops());
    health = health.plus(delta.health());
    events += delta.events();
    latestArrival = Math.max(latestArrival, delta.latestArrival());
  }

  /** Closes the first open minute, if it is not after that one; whether there was one. */
  boolean closeNext(long upTo) {
    Map.Entry<Long, PhaseSums> first = open.firstEntry();
    if (first == null || first.getKey() > upTo) {
      closedMinute = Math.max(closedMinute, upTo);
      return false;
    }
    open.remove(first.getKey());
    closed.merge(first.getValue());
    closedMinute = first.getKey();
    if (firstMinute == NONE && hasUnits()) {
      firstMinute = closedMinute;
    }
    return true;
  }

  private boolean hasUnits() {
    for (int arm = 0; arm < shape.arms(); arm++) {
      if (closed.units(arm) > 0) {
        return true;
      }
    }
    return false;
  }

  PhaseShape shape() {
    return shape;
  }

  /** The sums of closed minutes. */
  PhaseSums closed() {
    return closed;
  }

  /** The sums of all minutes, open ones too. */
  PhaseSums current() {
    PhaseSums all = new PhaseSums(shape);
    all.merge(closed);
    open.values().forEach(all::merge);
    return all;
  }

  PhaseHealth health() {
    return health;
  }

  /** How many events were applied. */
  long events() {
    return events;
  }

  long latestArrival() {
    return latestArrival;
  }

  /** The last minute that was closed. */
  long closedMinute() {
    return closedMinute;
  }

  /** The end of the newest minute of which anything was counted; the least number for none. */
  long countedUntil() {
    return newestMinute == NONE ? NONE : (newestMinute + 1) * MINUTE_MILLIS;
  }

  /** The minutes that are closed since the first with a unit, it included; 0 before that. */
  long minutesOfUnits() {
    return firstMinute == NONE ? 0 : closedMinute - firstMinute + 1;
  }

  /** Exposures that were refused. */
  ExposureDrops drops() {
    return drops;
  }

  /** The least p-value of the sample ratio of all closed minutes. */
  double sampleRatio() {
    return sampleRatio;
  }

  void sampleRatio(double p) {
    sampleRatio = p;
  }

  /** What was told last. */
  ToldDecision told() {
    return told;
  }

  void told(ToldDecision decision) {
    told = decision;
  }

  void writeTo(DataOutput out) throws IOException {
    shape.writeTo(out);
    List<PhaseSums> all = new ArrayList<>(open.values());
    all.add(closed);
    SourceNames names = SourceNames.of(all);
    names.writeTo(out);
    closed.writeTo(out, names);
    drops.writeTo(out);
    out.writeInt(open.size());
    for (Map.Entry<Long, PhaseSums> minute : open.entrySet()) {
      out.writeLong(minute.getKey());
      minute.getValue().writeTo(out, names);
    }
    health.writeTo(out);
    out.writeLong(events);
    out.writeLong(latestArrival);
    out.writeLong(closedMinute);
    out.writeLong(firstMinute);
    out.writeLong(newestMinute);
    out.writeDouble(sampleRatio);
    told.writeTo(out);
  }

  static PhaseBook readFrom(DataInput in) throws IOException {
    PhaseShape shape = PhaseShape.readFrom(in);
    SourceNames names = SourceNames.readFrom(in);
    PhaseBook book =
        new PhaseBook(
            shape, PhaseSums.readFrom(shape, in, names), ExposureDrops.readFrom(shape.arms(), in));
    for (int left = in.readInt(); left > 0; left--) {
      long minute = in.readLong();
      book.open.put(minute, PhaseSums.readFrom(shape, in, names));
    }
    book.health = PhaseHealth.readFrom(in);
    book.events = in.readLong();
    book.latestArrival = in.readLong();
    book.closedMinute = in.readLong();
    book.firstMinute = in.readLong();
    book.newestMinute = in.readLong();
    book.sampleRatio = in.readDouble();
    book.told = ToldDecision.readFrom(in);
    return book;
  }
}
