package dev.thalweg.operators.metrics;

import static dev.thalweg.operators.metrics.TrackSubjectsTest.DAY;
import static dev.thalweg.operators.metrics.TrackSubjectsTest.HOUR;
import static dev.thalweg.operators.metrics.TrackSubjectsTest.LATENESS;
import static dev.thalweg.operators.metrics.TrackSubjectsTest.MINUTE;
import static dev.thalweg.operators.metrics.TrackSubjectsTest.VIENNA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.NaiveTracks.Happening;
import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import dev.thalweg.operators.testkit.Backend;
import dev.thalweg.operators.testkit.OperatorHarness;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The operator against the definitions, over the same events in whatever order. */
final class TrackSubjectsModelTest {
  private static final long START =
      ZonedDateTime.of(2026, 3, 28, 20, 0, 0, 0, VIENNA).toInstant().toEpochMilli();

  @Property(tries = 20, seed = "1")
  void agreesWithTheDefinitionsOnTheHeap(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int events) throws Exception {
    compare(Backend.HEAP, new Random(seed), events);
  }

  @Property(tries = 3, seed = "2")
  void agreesWithTheDefinitionsOnRocksDb(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int events) throws Exception {
    compare(Backend.ROCKSDB, new Random(seed), events);
  }

  private static void compare(Backend backend, Random random, int events) throws Exception {
    List<Happening> happenings = happenings(random, events);
    for (int order = 0; order < 3; order++) {
      TrackTotals totals = run(backend, happenings, random);
      assertThat(totals.sessions()).as("%s", happenings).isEqualTo(sessions(happenings));
      assertThat(totals.counts()).as("%s", happenings).isEqualTo(counts(happenings));
      assertThat(totals.metricEvents()).isEqualTo(metricEvents(happenings));
      Collections.shuffle(happenings, random);
    }
  }

  /** Three subjects, with ties, and gaps of exactly the limit more often than chance has it. */
  static List<Happening> happenings(Random random, int events) {
    long spread = random.nextBoolean() ? 2 * DAY : 40 * DAY;
    List<Happening> all = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long time = START + random.nextLong(spread / MINUTE) * MINUTE;
      if (i > 0 && random.nextInt(3) > 0) {
        time = all.get(random.nextInt(i)).time() + 30 * MINUTE * (random.nextInt(5) - 2);
        time += random.nextInt(3) == 0 ? random.nextInt(3) - 1 : 0;
      }
      Integer[] steps = {random.nextInt(3), random.nextInt(4), random.nextInt(3)};
      List<Integer> some =
          new TreeSet<>(List.of(steps).subList(0, random.nextInt(3))).stream().toList();
      all.add(new Happening(time, "u" + random.nextInt(3), "t" + random.nextInt(2), some));
    }
    return new ArrayList<>(all.stream().map(TrackSubjectsModelTest::threeSteps).toList());
  }

  private static Happening threeSteps(Happening event) {
    return new Happening(
        event.time(),
        event.id(),
        event.type(),
        event.steps().stream().filter(step -> step < 3).toList());
  }

  /** The watermark is where the lateness still allows all that is to come; one restore midway. */
  private static TrackTotals run(Backend backend, List<Happening> events, Random random)
      throws Exception {
    TrackTotals totals = new TrackTotals();
    var plan = TrackSubjectsTest.plan(TrackSubjectsTest.config()).on(backend);
    OperatorHarness<SubjectHits, Contribution> harness = plan.open();
    long clock = 0;
    for (int i = 0; i < events.size(); i++) {
      Happening event = events.get(i);
      harness.process(
          TrackSubjectsTest.hits(
              event.id(), event.time(), event.type(), event.steps().toArray(Integer[]::new)));
      if (random.nextBoolean()) {
        harness.watermark(earliest(events.subList(i, events.size())) + LATENESS);
      }
      if (random.nextInt(5) == 0) {
        clock += 5_000;
        harness.clock(clock);
      }
      if (i == events.size() / 2) {
        var snapshot = harness.snapshot();
        drain(harness, totals);
        harness.close();
        harness = plan.restore(snapshot);
        harness.clock(clock);
      }
    }
    harness.end();
    drain(harness, totals);
    assertThat(harness.counter("hits_dropped")).isZero();
    harness.assertNothingLeft();
    harness.close();
    return totals;
  }

  static long earliest(List<Happening> events) {
    return events.stream().mapToLong(Happening::time).min().orElseThrow();
  }

  private static void drain(
      OperatorHarness<SubjectHits, Contribution> harness, TrackTotals totals) {
    harness.drain().forEach(totals);
    harness.drain(TrackSubjects.sessionRows()).forEach(row -> totals.accept((SessionRow) row));
  }

  private static Map<String, List<Happening>> bySubject(List<Happening> events) {
    Map<String, List<Happening>> all = new TreeMap<>();
    events.forEach(e -> all.computeIfAbsent(e.id(), id -> new ArrayList<>()).add(e));
    return all;
  }

  static Map<String, String> sessions(List<Happening> events) {
    Map<String, String> all = new TreeMap<>();
    bySubject(events)
        .forEach(
            (subject, own) ->
                NaiveTracks.sessions(own, 30 * MINUTE)
                    .forEach((start, rest) -> all.put(subject + " " + start, rest)));
    return all;
  }

  static Map<String, String> counts(List<Happening> events) {
    Map<String, int[]> sums = new TreeMap<>();
    for (List<Happening> own : bySubject(events).values()) {
      Map<String, Long> windows = metricEvents(own);
      windows.keySet().forEach(row -> add(sums, row, 1));
      NaiveTracks.depths(distinct(own), 3, 2 * HOUR, VIENNA)
          .forEach(
              (day, depth) ->
                  add(
                      sums,
                      row(ViewGroup.Kind.FUNNEL, "purchase", day),
                      depth > 0 ? 1 : 0,
                      depth > 1 ? 1 : 0,
                      depth > 2 ? 1 : 0));
      LocalDate first = NaiveTracks.day(earliest(own), VIENNA);
      add(
          sums,
          row(ViewGroup.Kind.RETENTION, "buyers", first),
          NaiveTracks.retained(own, TrackSubjectsTest.retention("r").periods(), VIENNA));
    }
    Map<String, String> all = new TreeMap<>();
    sums.forEach((row, counts) -> all.put(row, NaiveTracks.print(counts)));
    return all;
  }

  /** Each with an id of its own, so that two alike are two. */
  private static List<Happening> distinct(List<Happening> events) {
    List<Happening> all = new ArrayList<>();
    for (Happening e : events) {
      all.add(new Happening(e.time(), "e" + all.size(), e.type(), e.steps()));
    }
    return all;
  }

  private static void add(Map<String, int[]> sums, String row, int... more) {
    int[] sum = sums.computeIfAbsent(row, key -> new int[more.length]);
    Arrays.setAll(sum, i -> sum[i] + more[i]);
  }

  private static String row(ViewGroup.Kind kind, String name, LocalDate day) {
    return TrackTotals.row(
        new ViewGroup(kind, name, "{}"),
        day.atStartOfDay(VIENNA).toInstant().toEpochMilli(),
        day.plusDays(1).atStartOfDay(VIENNA).toInstant().toEpochMilli());
  }

  static Map<String, Long> metricEvents(List<Happening> events) {
    Map<String, Long> all = new TreeMap<>();
    for (Happening event : events) {
      LocalDate day = NaiveTracks.day(event.time(), VIENNA);
      all.merge(row(ViewGroup.Kind.WINDOWS, "daily", day), 1L, Long::sum);
      long slice = event.time() - Math.floorMod(event.time(), 20 * MINUTE);
      for (long start = slice - 40 * MINUTE; start <= slice; start += 20 * MINUTE) {
        ViewGroup sliding = new ViewGroup(ViewGroup.Kind.WINDOWS, "sliding", "{}");
        all.merge(TrackTotals.row(sliding, start, start + HOUR), 1L, Long::sum);
      }
      long midnight = day.atStartOfDay(VIENNA).toInstant().toEpochMilli();
      for (long end : NaiveTracks.endsSoFar(event.time(), VIENNA)) {
        ViewGroup soFar = new ViewGroup(ViewGroup.Kind.WINDOWS, "so_far", "{}");
        all.merge(TrackTotals.row(soFar, midnight, end), 1L, Long::sum);
      }
    }
    return all;
  }
}
