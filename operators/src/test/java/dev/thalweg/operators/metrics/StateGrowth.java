package dev.thalweg.operators.metrics;

import dev.thalweg.operators.metrics.SubjectHits.FunnelHit;
import dev.thalweg.operators.metrics.SubjectHits.UniqueHit;
import dev.thalweg.operators.metrics.aggregate.Counts;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * Shows that state is bounded: many users, each new, each with four events within two hours, go
 * through {@link TrackSubjects} and {@link AggregateViews}; every four hours of event time it
 * prints how much both hold. Cohorts are days, so it rises through a day; from the third day on
 * each day is like the one before.
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
  private static final long[] EVENTS = {0, 5, 50, 110};

  private final OperatorHarness<SubjectHits, Contribution> track;
  private final OperatorHarness<Contribution, ViewRow> aggregate;
  private final long emit;
  private long clock;
  private long events;

  private StateGrowth(Backend backend) throws Exception {
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
    new StateGrowth(backend).run(users);
  }

  private void run(int users) throws Exception {
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
        print(i / STEPS_OF_AN_HOUR);
      }
    }
    advance(START + HOURS * ShortLives.HOUR + ShortLives.LIFE);
    print(HOURS + (int) (ShortLives.LIFE / ShortLives.HOUR));
    track.close();
    aggregate.close();
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

  private void print(int hour) throws Exception {
    System.out.printf(
        "%5d %,10d %,12d | %,10d %,10d %8.1f | %,10d %,10d %8.1f%n",
        hour,
        events / EVENTS.length,
        events,
        track.stateEntries(),
        track.timers(),
        megabytes(track),
        aggregate.stateEntries(),
        aggregate.timers(),
        megabytes(aggregate));
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
