package dev.thalweg.operators.experiments.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.experiments.attribution.PhaseDelta;
import dev.thalweg.operators.experiments.definition.ExperimentDefinition;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What a change of sums costs, counted in accesses and bytes: however many minutes are open. */
final class OpenMinutesTest {
  private static final long FIRST = Scorings.START / 60_000;
  private static final ExperimentDefinition DEFINITION = Scorings.definition(-0.02, 50, 50);

  private final CountingMap map = new CountingMap();
  private final OpenMinutes minutes = new OpenMinutes(map);
  private final PhaseBook book = new PhaseBook(Scorings.shape(DEFINITION));

  private void add(long minute) throws Exception {
    PhaseDelta delta =
        Scorings.delta(DEFINITION, minute, Scorings.arm(4, 0.5, 0.5), Scorings.arm(4, 0.5, 0.5));
    delta.cohort(minute).merge(delta.sums(minute));
    book.add(delta);
    minutes.add(delta, book.closedMinute());
  }

  @Test
  void aChangeCostsTheMinutesThatItTouches() throws Exception {
    add(FIRST);
    add(FIRST);
    long few = costOfAnother();
    int bookOfFew = bytes(book);
    for (int minute = 1; minute < 2000; minute++) {
      add(FIRST + minute);
    }
    assertThat(costOfAnother()).isEqualTo(few);
    assertThat(bytes(book)).isLessThan(bookOfFew * 11 / 10);
    assertThat(map.map).hasSize(2000);
  }

  private long costOfAnother() throws Exception {
    map.accesses = 0;
    map.bytes = 0;
    add(FIRST);
    assertThat(map.accesses).isEqualTo(2);
    return map.bytes;
  }

  private static int bytes(PhaseBook book) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1 << 10);
    new PhaseBookSerializer().serialize(book, out);
    return out.length();
  }

  @Test
  void whatComesForClosedMinutesOpensNone() throws Exception {
    add(FIRST);
    add(FIRST + 1);
    book.close(FIRST, minutes.take(FIRST));
    add(FIRST);
    assertThat(map.map).containsOnlyKeys(FIRST + 1);
    assertThat(minutes.take(FIRST)).isNull();
    assertThat(book.closed().units(0)).isEqualTo(8);
    assertThat(book.current().units(0)).isEqualTo(12);
  }

  @Test
  void minutesThatWaitedComeInTheirOrder() throws Exception {
    for (long minute : new long[] {7, 3, 1 << 20, -4, 5}) {
      add(FIRST + minute);
    }
    assertThat(minutes.upTo(FIRST + 5)).containsExactly(FIRST - 4, FIRST + 3, FIRST + 5);
  }

  /** A map in memory that counts accesses by key, and the bytes that these would read or write. */
  private static final class CountingMap implements MapState<Long, OpenMinute> {
    private final Map<Long, OpenMinute> map = new HashMap<>();
    private int accesses;
    private long bytes;

    private void count(OpenMinute minute) {
      accesses++;
      if (minute != null) {
        DataOutputSerializer out = new DataOutputSerializer(1 << 10);
        try {
          new OpenMinuteSerializer().serialize(minute, out);
        } catch (IOException e) {
          throw new AssertionError(e);
        }
        bytes += out.length();
      }
    }

    @Override
    public OpenMinute get(Long minute) {
      OpenMinute open = map.get(minute);
      count(open);
      return open;
    }

    @Override
    public void put(Long minute, OpenMinute open) {
      count(open);
      map.put(minute, open);
    }

    @Override
    public void putAll(Map<Long, OpenMinute> more) {
      more.forEach(this::put);
    }

    @Override
    public void remove(Long minute) {
      accesses++;
      map.remove(minute);
    }

    @Override
    public boolean contains(Long minute) {
      accesses++;
      return map.containsKey(minute);
    }

    @Override
    public Iterable<Map.Entry<Long, OpenMinute>> entries() {
      map.values().forEach(this::count);
      return map.entrySet();
    }

    @Override
    public Iterable<Long> keys() {
      accesses += map.size();
      return map.keySet();
    }

    @Override
    public Iterable<OpenMinute> values() {
      map.values().forEach(this::count);
      return map.values();
    }

    @Override
    public Iterator<Map.Entry<Long, OpenMinute>> iterator() {
      return entries().iterator();
    }

    @Override
    public boolean isEmpty() {
      return map.isEmpty();
    }

    @Override
    public void clear() {
      map.clear();
    }
  }
}
