package dev.thalweg.operators.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.metrics.Timeline.Entry;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private final MapEntries<Chunk<String>> chunks = new MapEntries<>();
  private final MapEntries<long[]> beginnings = new MapEntries<>();
  private final Timeline<String> timeline =
      new Timeline<>(TrackKey.Kind.SESSION, "", chunks, beginnings, (time, value) -> time + 1_000);

  private static Entry<String> entry(Map.Entry<Long, String> entry) {
    return entry == null ? null : new Entry<>(entry.getKey(), entry.getValue());
  }

  @Property(tries = 60, seed = "1")
  void isASortedMapHoweverItIsCutIntoChunks(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_000) int span) {
    Random random = new Random(seed);
    NavigableMap<Long, String> model = new TreeMap<>();
    long now = 0;
    for (int i = 0; i < 1_500; i++) {
      long time = now + random.nextInt(2 * span) - span;
      if (random.nextInt(4) == 0) {
        model.remove(time);
        timeline.remove(time);
      } else {
        model.put(time, "v" + i);
        timeline.put(time, "v" + i);
      }
      if (random.nextInt(20) == 0) {
        now += random.nextInt(span);
        chunks.advance(now - span + 1_000, timeline::expire);
        model.headMap(now - span, true).clear();
      }
      long probe = now + random.nextInt(2 * span) - span;
      Timeline.Neighbours<String> around = timeline.around(probe);
      assertThat(around.before()).isEqualTo(entry(model.floorEntry(probe)));
      assertThat(around.after()).isEqualTo(entry(model.higherEntry(probe)));
    }
    assertThat(timeline.between(now - span / 2, now + span / 2))
        .containsExactlyElementsOf(
            model.subMap(now - span / 2, true, now + span / 2, true).entrySet().stream()
                .map(TimelineTest::entry)
                .toList());
    chunks.advance(Long.MAX_VALUE, timeline::expire);
    assertThat(chunks.size() + beginnings.size()).isZero();
  }

  @Test
  void whatIsOverGoesAtItsMomentAndNotBefore() {
    for (long time = 0; time < 500; time++) {
      timeline.put(time * 10, "v");
    }
    for (long now = 1_000; now < 6_000; now += 700) {
      chunks.advance(now, timeline::expire);
      assertThat(timeline.between(Long.MIN_VALUE, Long.MAX_VALUE).get(0).time())
          .isEqualTo((now - 1_000) / 10 * 10 + 10);
    }
    chunks.advance(5_990, timeline::expire);
    assertThat(chunks.size() + beginnings.size()).isZero();
  }

  @Test
  void workForEachValueIsAboutTheSameHoweverManyThereAre() {
    for (long time = 0; time < 1_000; time++) {
      timeline.put(time * 7 % 1_000, "v");
    }
    int accessesOfThousand = chunks.accesses() + beginnings.accesses();
    long writtenOfThousand = chunks.written();
    for (long time = 1_000; time < 20_000; time++) {
      timeline.put(1_000 + time * 7 % 19_000, "v");
    }
    assertThat(chunks.accesses() + beginnings.accesses()).isLessThan(25 * accessesOfThousand);
    assertThat(chunks.written()).isLessThan(25 * writtenOfThousand);
  }
}
