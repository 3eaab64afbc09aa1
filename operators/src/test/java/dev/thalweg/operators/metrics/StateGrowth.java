package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Shows that state is bounded: many users, each new, each with four events within two hours, go
 * through {@link TrackSubjects} and {@link AggregateViews}; every four hours of event time it
 * prints how much both hold. Cohorts are days, so it rises through a day; once the first users are
 * forgotten, each hour must be like that of the day before, and at the end nothing must be left. If
 * not, the status is 1.
 *
 * <p>To run it: {@code ./mvnw -q test-compile dependency:build-classpath -pl schemas,operators
 * -Dmdep.outputFile=target/classpath}, then {@code java -Xmx6g -cp
 * operators/target/test-classes:operators/target/classes:$(cat operators/target/classpath)
 * dev.thalweg.operators.metrics.StateGrowth USERS heap|rocksdb}, with Flink's {@code --add-opens}
 * options as in the root {@code pom.xml}.
 */
public final class StateGrowth {
  private static final long START = 20_000L * 24 * ShortLives.HOUR;
  private static final int HOURS = 120;
  private static final int STEPS_OF_AN_HOUR = 6;
  private static final int PRINT_EVERY = 4;

  /** When those of the first hour are forgotten, two hours after it began. */
  private static final int SETTLED = 2 + (int) (ShortLives.LIFE / ShortLives.HOUR);

  /**
   * Numbers are written in as many bytes as they need, so that equal state may differ by some. On
   * RocksDB bytes are those of files, more or fewer as they were just compacted, and tell nothing.
   */
  private static final double SAME_SIZE = 0.01;

  private static final long[] EVENTS = {0, 5, 50, 110};

  private final OperatorHarness<SubjectHits, Contribution> track;
  private final OperatorHarness<Contribution, ViewRow> aggregate;
  private final Backend backend;
  private final long emit;
  private final Map<Integer, Size> sizes = new TreeMap<>();
  private long clock;
  private long events;

  /** What both hold: entries, timers, and megabytes of a full snapshot. */
  private record Size(
      int tracked,
      int trackedTimers,
      double trackedMegabytes,
      int aggregated,
      int aggregatedTimers,
      double aggregatedMegabytes) {
    boolean hasEntriesOf(Size other) {
      return tracked == other.tracked
          && trackedTimers == other.trackedTimers
          && aggregated == other.aggregated
          && aggregatedTimers == other.aggregatedTimers;
    }

    boolean hasBytesOf(Size other) {
      return Math.abs(trackedMegabytes / other.trackedMegabytes - 1) < SAME_SIZE
          && Math.abs(aggregatedMegabytes / other.aggregatedMegabytes - 1) < SAME_SIZE;
    }

    boolean isNothing() {
      return tracked + trackedTimers + aggregated + aggregatedTimers == 0;
    }
  }

  private StateGrowth(Backend backend) throws Exception {
    this.backend = backend;
    MetricsConfig config = ShortLives.config();
    emit = config.emit().toMillis();
    track = TrackSubjectsTest.plan(config).on(backend).open();
    aggregate =
        OperatorHarness.keyedOperator(
                () -> new AggregateViews(config),
                contribution -> GroupKey.of(contribution.group()),
                Types.STRING,
                MetricsTypes.VIEW_ROW)
            .on(backend)
            .open();
  }

  /** Runs it; see above. */
  public static void main(String[] args) throws Exception {
    int users = Integer.parseInt(args[0]);
    Backend backend = Backend.valueOf(args[1].toUpperCase(Locale.ROOT));
    List<String> problems = new StateGrowth(backend).run(users);
    problems.forEach(System.out::println);
    System.exit(problems.isEmpty() ? 0 : 1);
  }

  private List<String> run(int users) throws Exception {
    int stepUsers = 1 + (users - 1) / (HOURS * STEPS_OF_AN_HOUR);
    long step = ShortLives.HOUR / STEPS_OF_AN_HOUR;
    System.out.printf(
        "%5s %10s %12s | %10s %10s %8s | %10s %10s %8s%n",
        "hour", "users", "events", "tracked", "timers", "MB", "aggregated", "timers", "MB");
    for (int i = 1; i <= HOURS * STEPS_OF_AN_HOUR; i++) {
      long time = START + i * step;
      for (int user = 0; user < stepUsers; user++) {
        live("user-" + i + "-" + user, time + user % step);
      }
      advance(time);
      if (i % (PRINT_EVERY * STEPS_OF_AN_HOUR) == 0) {
        measure(i / STEPS_OF_AN_HOUR);
      }
    }
    advance(START + HOURS * ShortLives.HOUR + ShortLives.LIFE);
    Size last = measure(HOURS + (int) (ShortLives.LIFE / ShortLives.HOUR));
    track.close();
    aggregate.close();
    return problems(last);
  }

  private List<String> problems(Size last) {
    List<String> problems = new ArrayList<>();
    for (int hour = SETTLED + 24; hour <= HOURS; hour += PRINT_EVERY) {
      Size size = sizes.get(hour);
      Size dayBefore = sizes.get(hour - 24);
      if (!size.hasEntriesOf(dayBefore) || backend == Backend.HEAP && !size.hasBytesOf(dayBefore)) {
        problems.add("not flat: hour " + hour + " is not like hour " + (hour - 24));
      }
    }
    if (!last.isNothing()) {
      problems.add("something is left after the last user's life");
    }
    return problems;
  }

  /** The last two events come ahead of their time, as those of another partition may. */
  private void live(String user, long from) throws Exception {
    ViewGroup own =
        new ViewGroup(
            ViewGroup.Kind.SLICES, "views_of_user", "{\"user_id\":\"%s\"}".formatted(user));
    for (long minutes : EVENTS) {
      long time = from + minutes * ShortLives.MINUTE;
      track.process(
          new SubjectHits(
              user,
              time,
              "e" + time,
              "page_viewed",
              List.of(new UniqueHit(1, "{}")),
              List.of(new FunnelHit(0, 0), new FunnelHit(0, 1)),
              List.of(0),
              true));
      long hour = time / ShortLives.HOUR * ShortLives.HOUR;
      aggregate.process(
          new Contribution(own, hour, hour + ShortLives.HOUR, new Counts(1).add(0, 1), 1));
      events++;
    }
  }

  private void advance(long watermark) throws Exception {
    clock += emit;
    aggregate.process(track.drain().toArray(Contribution[]::new));
    track.watermark(watermark).clock(clock);
    track.drainAll();
    track.drain(TrackSubjects.sessionRows());
    aggregate.watermark(watermark).clock(clock);
    aggregate.drainAll();
  }

  private Size measure(int hour) throws Exception {
    Size size =
        new Size(
            track.stateEntries(),
            track.timers(),
            megabytes(track),
            aggregate.stateEntries(),
            aggregate.timers(),
            megabytes(aggregate));
    sizes.put(hour, size);
    System.out.printf(
        "%5d %,10d %,12d | %,10d %,10d %8.1f | %,10d %,10d %8.1f%n",
        hour,
        events / EVENTS.length,
        events,
        size.tracked,
        size.trackedTimers,
        size.trackedMegabytes,
        size.aggregated,
        size.aggregatedTimers,
        size.aggregatedMegabytes);
    return size;
  }

  /** Of a full snapshot. */
  private static double megabytes(OperatorHarness<?, ?> harness) throws Exception {
    double bytes =
        harness.snapshot().getManagedKeyedState().stream()
            .mapToLong(state -> state.getStateSize())
            .sum();
    harness.drainAll();
    return bytes / (1 << 20);
  }
}
