package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.NaiveTracks.Happening;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is decided about subjects against the definitions, without Flink. */
final class SubjectTracksModelTest {
  /** One subject. */
  private static final class Subject {
    private final MapEntries<long[]> slices = new MapEntries<>();
    private final MapEntries<Chunk<Session>> sessions = new MapEntries<>();
    private final MapEntries<Chunk<Moment>> moments = new MapEntries<>();
    private final MapEntries<Integer> depths = new MapEntries<>();
    private final MapEntries<long[]> beginnings = new MapEntries<>();
    private final MapEntries<long[]> days = new MapEntries<>();
    private final SubjectTracks tracks =
        new SubjectTracks(
            TrackSubjectsTest.config(),
            new SubjectTracks.Memory(slices, sessions, moments, depths, beginnings, days));

    void advance(long watermark) {
      for (MapEntries<?> entries : List.of(slices, sessions, moments, depths, days)) {
        entries.advance(watermark, tracks::expire);
      }
    }

    int size() {
      return slices.size()
          + sessions.size()
          + moments.size()
          + depths.size()
          + beginnings.size()
          + days.size();
    }
  }

  @Property(tries = 300, seed = "3")
  void agreesWithTheDefinitionsInWhateverOrder(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 70) int events) {
    Random random = new Random(seed);
    List<Happening> happenings = TrackSubjectsModelTest.happenings(random, events);
    for (int order = 0; order < 3; order++) {
      TrackTotals totals = run(happenings, random);
      assertThat(totals.sessions())
          .as("%s", happenings)
          .isEqualTo(TrackSubjectsModelTest.sessions(happenings));
      assertThat(totals.counts())
          .as("%s", happenings)
          .isEqualTo(TrackSubjectsModelTest.counts(happenings));
      assertThat(totals.metricEvents()).isEqualTo(TrackSubjectsModelTest.metricEvents(happenings));
      Collections.shuffle(happenings, random);
    }
  }

  private static TrackTotals run(List<Happening> events, Random random) {
    TrackTotals totals = new TrackTotals();
    SessionRows rows = new SessionRows();
    Map<String, Subject> subjects = new HashMap<>();
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < events.size(); i++) {
      Happening event = events.get(i);
      Subject subject = subjects.computeIfAbsent(event.id(), id -> new Subject());
      SubjectHits hits =
          TrackSubjectsTest.hits(
              event.id(), event.time(), event.type(), event.steps().toArray(Integer[]::new));
      int dropped = subject.tracks.add(hits, watermark, totals, rows.of(event.id()));
      assertThat(dropped).isZero();
      if (random.nextBoolean()) {
        watermark =
            TrackSubjectsModelTest.earliest(events.subList(i, events.size()))
                + TrackSubjectsTest.LATENESS;
        for (Subject each : subjects.values()) {
          each.advance(watermark);
        }
      }
      if (random.nextInt(3) == 0) {
        rows.flush(totals::accept);
      }
    }
    rows.flush(totals::accept);
    for (Subject each : subjects.values()) {
      each.advance(Long.MAX_VALUE);
      assertThat(each.size()).isZero();
    }
    return totals;
  }
}
