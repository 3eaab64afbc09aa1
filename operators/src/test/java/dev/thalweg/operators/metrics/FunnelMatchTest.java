package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.FunnelDefinition.Step;
import dev.thalweg.operators.metrics.NaiveTracks.Happening;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class FunnelMatchTest {
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long WITHIN = 2 * HOUR;
  private static final long LATENESS = 5 * HOUR;
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int THIRD = 4;

  private final MapEntries<Chunk<Moment>> chunks = new MapEntries<>();
  private final MapEntries<long[]> beginnings = new MapEntries<>();
  private final MapEntries<Integer> depths = new MapEntries<>();
  private final TrackTotals totals = new TrackTotals();
  private final FunnelMatch funnel =
      funnel(Duration.ofDays(1), Duration.ofMillis(WITHIN), ZoneOffset.UTC);

  private FunnelMatch funnel(Duration window, Duration within, ZoneId zone) {
    FunnelDefinition definition =
        new FunnelDefinition(
            "f",
            within,
            new WindowSpec.Tumbling(window),
            IntStream.range(0, 3).mapToObj(i -> new Step("s" + i, EventSelector.ALL)).toList());
    return new FunnelMatch(definition, zone, new Lateness(LATENESS, 0), chunks, beginnings, depths);
  }

  private void add(FunnelMatch to, long time, int steps) {
    assertThat(to.add(time, steps, Long.MIN_VALUE, totals)).isTrue();
  }

  private void add(long time, int steps) {
    add(funnel, time, steps);
  }

  private static String row(long start, long end) {
    return TrackTotals.row(new ViewGroup(ViewGroup.Kind.FUNNEL, "f", "{}"), start, end);
  }

  private void assertDepth(String counts) {
    assertThat(totals.counts()).isEqualTo(Map.of(row(DAY, 2 * DAY), counts));
  }

  @Test
  void aUserCountsForEachStepTakenInOrder() {
    add(DAY, FIRST);
    assertDepth("[1]");
    add(DAY + 1, SECOND);
    assertDepth("[1, 1]");
    add(DAY + 1, SECOND);
    add(DAY, FIRST);
    assertDepth("[1, 1]");
    add(DAY + WITHIN, THIRD);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void theLimitIsPartOfTheTimeAndAMillisecondMoreIsNot() {
    add(DAY, FIRST);
    add(DAY + WITHIN + 1, SECOND);
    assertDepth("[1]");
    add(DAY + WITHIN, SECOND);
    assertDepth("[1, 1]");
    add(DAY + WITHIN + 1, THIRD);
    assertDepth("[1, 1]");
  }

  @Test
  void stepsInTheWrongOrderDoNotCount() {
    add(DAY, SECOND);
    add(DAY + 1, FIRST);
    assertDepth("[1]");
  }

  @Test
  void ofEqualTimesAnyMayBeTheEarlier() {
    add(DAY, THIRD);
    add(DAY, SECOND);
    add(DAY, FIRST);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void oneEventIsOneStepOnly() {
    add(DAY, FIRST | SECOND | THIRD);
    assertDepth("[1]");
    add(DAY, FIRST | SECOND | THIRD);
    assertDepth("[1, 1]");
    add(DAY + 1, FIRST | SECOND);
    assertDepth("[1, 1]");
    add(DAY + 1, THIRD);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void ofEqualTimesEachEventIsGivenTheStepThatServesBest() {
    // Whichever is the first step, it must not be the only one that may be the second.
    add(DAY, FIRST | SECOND);
    add(DAY, FIRST | THIRD);
    assertDepth("[1, 1]");
    add(DAY, SECOND | THIRD);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void theDeepestFirstStepOfAWindowCounts() {
    add(DAY, FIRST);
    add(DAY + 3 * HOUR, FIRST);
    add(DAY + 3 * HOUR + 1, SECOND);
    assertDepth("[1, 1]");
    add(2 * DAY + 1, FIRST);
    assertThat(totals.counts())
        .isEqualTo(Map.of(row(DAY, 2 * DAY), "[1, 1]", row(2 * DAY, 3 * DAY), "[1]"));
  }

  @Test
  void laterStepsCountInTheWindowOfTheFirst() {
    add(2 * DAY - 1, FIRST);
    add(2 * DAY, SECOND);
    add(2 * DAY + HOUR, THIRD);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void aLateFirstStepDeepensItsWindowByAllThatFollowedAlready() {
    add(DAY + 2, SECOND);
    add(DAY + 3, THIRD);
    assertThat(totals.counts()).isEmpty();
    add(DAY + 1, FIRST);
    assertDepth("[1, 1, 1]");
  }

  @Test
  void anEventDeepensAllWindowsWithAFirstStepWithinTheLimit() {
    FunnelMatch hourly = funnel(Duration.ofHours(1), Duration.ofHours(50), ZoneOffset.UTC);
    for (int hour = 0; hour < 48; hour++) {
      add(hourly, DAY + hour * HOUR, FIRST);
    }
    add(hourly, DAY + 51 * HOUR, SECOND);
    assertThat(totals.counts()).hasSize(48).containsEntry(row(DAY, DAY + HOUR), "[1]");
    for (int hour = 1; hour < 48; hour++) {
      assertThat(totals.counts())
          .containsEntry(row(DAY + hour * HOUR, DAY + (hour + 1) * HOUR), "[1, 1]");
    }
  }

  @Test
  void aDayOfTheClocksChangeIsOneWindow() {
    FunnelMatch daily = funnel(Duration.ofDays(1), Duration.ofHours(24), VIENNA);
    long autumn = ZonedDateTime.of(2026, 10, 25, 0, 0, 0, 0, VIENNA).toInstant().toEpochMilli();
    add(daily, autumn + 25 * HOUR - 1, FIRST);
    assertThat(totals.counts()).containsOnlyKeys(row(autumn, autumn + 25 * HOUR));
  }

  @Test
  void allIsForgottenWhenCorrectionsAreOver() {
    for (int i = 0; i < 300; i++) {
      add(DAY + i, i % 2 == 0 ? FIRST : SECOND);
    }
    long end = 2 * DAY + WITHIN + LATENESS;
    chunks.advance(end - 1, funnel::expire);
    depths.advance(end - 1, funnel::expire);
    assertThat(chunks.size()).isGreaterThan(1);
    assertThat(depths.size()).isOne();
    assertThat(funnel.isLate(DAY, end - 1)).isFalse();
    chunks.advance(end, funnel::expire);
    depths.advance(end, funnel::expire);
    assertThat(chunks.size() + depths.size() + beginnings.size()).isZero();
    assertThat(funnel.add(2 * DAY - 1, FIRST, end, totals)).isFalse();
    assertThat(chunks.size() + depths.size()).isZero();
  }

  @Test
  void whoDoesTheSameOverAndOverCostsTheSameEachTime() {
    for (int i = 0; i < 1_000; i++) {
      add(DAY + i, i % 2 == 0 ? FIRST : SECOND);
    }
    int accesses = chunks.accesses();
    for (int i = 1_000; i < 10_000; i++) {
      add(DAY + i, i % 2 == 0 ? FIRST : SECOND);
    }
    assertThat(chunks.accesses()).isLessThan(11 * accesses);
    assertDepth("[1, 1]");
  }

  @Property(tries = 500, seed = "1")
  void isWhatTryingAllWaysFindsInWhateverOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int events) {
    Random random = new Random(seed);
    int spread = List.of(2, 6, 60).get(random.nextInt(3));
    long noon = ZonedDateTime.of(2026, 3, 28, 23, 0, 0, 0, VIENNA).toInstant().toEpochMilli();
    List<Happening> happenings = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      long time = noon + random.nextInt(spread) * HOUR / 2;
      int mask = 1 + random.nextInt(random.nextBoolean() ? 7 : 2);
      List<Integer> steps =
          IntStream.range(0, 3).filter(step -> (mask >> step & 1) != 0).boxed().toList();
      happenings.add(new Happening(time, "e" + i, "t", steps));
    }
    Map<String, String> expected = new TreeMap<>();
    Map<String, Long> versions = new TreeMap<>();
    for (Map.Entry<LocalDate, Integer> depth :
        NaiveTracks.depths(happenings, 3, WITHIN, VIENNA).entrySet()) {
      LocalDate day = depth.getKey();
      String row =
          row(
              day.atStartOfDay(VIENNA).toInstant().toEpochMilli(),
              day.plusDays(1).atStartOfDay(VIENNA).toInstant().toEpochMilli());
      versions.put(row, (long) depth.getValue());
      expected.put(
          row,
          NaiveTracks.print(
              IntStream.range(0, 3).map(step -> step < depth.getValue() ? 1 : 0).toArray()));
    }
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(happenings, random);
      FunnelMatchTest fresh = new FunnelMatchTest();
      FunnelMatch daily = fresh.funnel(Duration.ofDays(1), Duration.ofMillis(WITHIN), VIENNA);
      for (Happening event : happenings) {
        int mask = event.steps().stream().mapToInt(step -> 1 << step).sum();
        fresh.add(daily, event.time(), mask);
      }
      assertThat(fresh.totals.counts()).as("%s", happenings).isEqualTo(expected);
      assertThat(fresh.totals.versions()).as("%s", happenings).isEqualTo(versions);
    }
  }
}
