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
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a phase but its open minutes one by one: the sums of closed minutes and of
 * all, and what was found when minutes closed. What comes for a closed minute counts at once, but
 * is not found again. Mutable.
 */
final class PhaseBook {
  private static final long NONE = Long.MIN_VALUE;
  private static final long MINUTE_MILLIS = 60_000;

  private final PhaseShape shape;
  private final PhaseSums closed;
  private final PhaseSums all;
  private final ExposureDrops drops;
  private PhaseHealth health = PhaseHealth.NONE;
  private long events;
  private long latestArrival = NONE;
  private long closedMinute = NONE;
  private long firstMinute = NONE;
  private long looks;
  private Cohort broken;
  private long newestMinute = NONE;
  private double sampleRatio = 1;
  private ToldDecision told = ToldDecision.NONE;

  PhaseBook(PhaseShape shape) {
    this(shape, new PhaseSums(shape), new PhaseSums(shape), new ExposureDrops(shape.arms()));
  }

  private PhaseBook(PhaseShape shape, PhaseSums closed, PhaseSums all, ExposureDrops drops) {
    this.shape = shape;
    this.closed = closed;
    this.all = all;
    this.drops = drops;
  }

  /** Takes in what changed. */
  void add(PhaseDelta delta) {
    delta
        .minutes()
        .forEach(
            (minute, sums) -> {
              all.merge(sums);
              newestMinute = Math.max(newestMinute, minute);
              if (minute <= closedMinute) {
                closed.merge(sums);
              }
            });
    drops.merge(delta.drops());
    health = health.plus(delta.health());
    events += delta.events();
    latestArrival = Math.max(latestArrival, delta.latestArrival());
  }

  /** Minutes up to that one, it included, are closed from now on. */
  void pass(long minute) {
    closedMinute = Math.max(closedMinute, minute);
  }

  /**
   * Closes a minute, the first of those that are open.
   *
   * @return its cohort, if there is any
   */
  Optional<Cohort> close(long minute, OpenMinute open) {
    closed.merge(open.sums());
    pass(minute);
    if (firstMinute == NONE && closed.hasUnits()) {
      firstMinute = closedMinute;
    }
    if (!open.cohort().hasUnits()) {
      return Optional.empty();
    }
    looks++;
    return Optional.of(new Cohort(minute, looks, open.cohort()));
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

  /** The last cohort that was found to break a guardrail, if there is any. */
  Optional<Cohort> broken() {
    return Optional.ofNullable(broken);
  }

  void broken(Cohort found) {
    broken = found;
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
    SourceNames names = SourceNames.of(List.of(closed, all));
    names.writeTo(out);
    closed.writeTo(out, names);
    all.writeTo(out, names);
    drops.writeTo(out);
    out.writeLong(looks);
    out.writeBoolean(broken != null);
    if (broken != null) {
      broken.writeTo(out);
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
            shape,
            PhaseSums.readFrom(shape, in, names),
            PhaseSums.readFrom(shape, in, names),
            ExposureDrops.readFrom(shape.arms(), in));
    book.looks = in.readLong();
    book.broken = in.readBoolean() ? Cohort.readFrom(shape, in) : null;
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
