package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.ViewRow.SessionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionsTest {
  private static final long MINUTE = 60_000;
  private static final long GAP = 30 * MINUTE;
  private static final long LATENESS = 48 * 60 * MINUTE;
  private static final long TEN = 36_000_000;

  private final MapEntries<Chunk<Session>> chunks = new MapEntries<>();
  private final MapEntries<long[]> beginnings = new MapEntries<>();
  private final Sessions sessions =
      new Sessions(
          new SessionDefinition(Duration.ofMinutes(30)),
          new Lateness(LATENESS, 0),
          chunks,
          beginnings);
  private final SessionRows rows = new SessionRows();
  private final TrackTotals totals = new TrackTotals();

  private void add(long time, String type) {
    assertThat(sessions.add(time, type, Long.MIN_VALUE, rows.of("u"))).isTrue();
  }

  private List<SessionRow> flush() {
    List<SessionRow> out = new ArrayList<>();
    rows.flush(out::add);
    out.forEach(totals::accept);
    return out;
  }

  @Test
  void aGapOfExactlyTheLimitIsOneSessionAndAMillisecondMoreIsTwo() {
    add(TEN, "a");
    add(TEN + GAP, "a");
    add(TEN + 2 * GAP + 1, "a");
    assertThat(flush())
        .containsExactlyInAnyOrder(
            new SessionRow("u", TEN, TEN + GAP, 2, "{\"a\":2}", false, 2),
            new SessionRow("u", TEN + 2 * GAP + 1, TEN + 2 * GAP + 1, 1, "{\"a\":1}", false, 1));
  }

  @Test
  void backwardsToo() {
    add(TEN + 2 * GAP + 1, "a");
    add(TEN + GAP, "a");
    add(TEN, "a");
    flush();
    assertThat(totals.sessions())
        .containsOnlyKeys("u " + TEN, "u " + (TEN + 2 * GAP + 1))
        .containsEntry("u " + TEN, (TEN + GAP) + " 2 {\"a\":2}");
  }

  @Test
  void countsByTypeInTheOrderOfTheirNames() {
    add(TEN, "page_viewed");
    add(TEN, "cart_added");
    add(TEN + 1, "page_viewed");
    add(TEN + 1, "odd \"\\\n");
    assertThat(flush())
        .containsExactly(
            new SessionRow(
                "u",
                TEN,
                TEN + 1,
                4,
                "{\"cart_added\":1,\"odd \\\"\\\\\\u000a\":1,\"page_viewed\":2}",
                false,
                4));
  }

  @Test
  void aLateEventMakesOneOfTwoSessionsAndTheSecondRowGoes() {
    add(TEN, "a");
    add(TEN + 2 * GAP, "b");
    assertThat(flush()).hasSize(2);
    add(TEN + GAP, "c");
    assertThat(flush())
        .containsExactlyInAnyOrder(
            new SessionRow("u", TEN + 2 * GAP, TEN + 2 * GAP, 0, "{}", true, 3),
            new SessionRow("u", TEN, TEN + 2 * GAP, 3, "{\"a\":1,\"b\":1,\"c\":1}", false, 3));
    assertThat(totals.sessions()).containsOnlyKeys("u " + TEN);
  }

  @Test
  void aSessionThatBeginsEarlierReplacesItsRow() {
    add(TEN, "a");
    flush();
    add(TEN - 1, "a");
    assertThat(flush())
        .containsExactlyInAnyOrder(
            new SessionRow("u", TEN, TEN, 0, "{}", true, 2),
            new SessionRow("u", TEN - 1, TEN, 2, "{\"a\":2}", false, 2));
  }

  @Test
  void ofManyChangesBetweenTwoFlushesOnlyTheLastIsTold() {
    add(TEN, "a");
    flush();
    add(TEN + 2 * GAP, "a");
    add(TEN + GAP, "a");
    add(TEN - GAP, "a");
    add(TEN + 1, "a");
    assertThat(flush()).hasSize(3).filteredOn(SessionRow::removed).hasSize(2);
    assertThat(totals.sessions())
        .containsExactly(java.util.Map.entry("u " + (TEN - GAP), (TEN + 2 * GAP) + " 5 {\"a\":5}"));
    assertThat(flush()).isEmpty();
  }

  @Test
  void isKeptUntilNoEventThatMayJoinItIsInTime() {
    add(TEN, "a");
    add(TEN + MINUTE, "a");
    long end = TEN + MINUTE + 2 * GAP + LATENESS;
    chunks.advance(end - 1, sessions::expire);
    assertThat(chunks.size()).isOne();
    assertThat(chunks.alarms()).hasSize(1);
    chunks.advance(end, sessions::expire);
    assertThat(chunks.size()).isZero();
    assertThat(chunks.alarms()).isEmpty();
  }

  @Test
  void anEventThatMayJoinASessionFindsItUntilItIsTooLateItself() {
    add(TEN, "a");
    long watermark = TEN + 2 * GAP + LATENESS - 1;
    chunks.advance(watermark, sessions::expire);
    assertThat(sessions.add(TEN + GAP, "a", watermark, rows.of("u"))).isTrue();
    flush();
    assertThat(totals.sessions()).containsOnlyKeys("u " + TEN);
    assertThat(sessions.add(TEN + GAP, "a", watermark + 1, rows.of("u"))).isFalse();
    assertThat(flush()).isEmpty();
  }
}
