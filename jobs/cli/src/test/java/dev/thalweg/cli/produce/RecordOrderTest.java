package dev.thalweg.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordOrderTest {

  private static final ContractCatalog CATALOG = ContractCatalog.fromClassPath();

  private static OutgoingRecord at(long line, String time) {
    String event =
        "{\"event_type\":\"app_opened\",\"event_id\":\"e\",\"user_id\":\"u\",\"event_time\":"
            + time
            + "}";
    return new OutgoingRecord(null, event.getBytes(StandardCharsets.UTF_8), line);
  }

  private static List<Long> lines(RecordOrder order, long seed, List<OutgoingRecord> records) {
    List<Long> lines = new ArrayList<>();
    order
        .arrange(records.iterator(), CATALOG, seed)
        .forEachRemaining(record -> lines.add(record.line()));
    return lines;
  }

  @Test
  void ordersByEventTimeAndKeepsTiesAndUnreadableLinesInPlace() {
    List<OutgoingRecord> records =
        List.of(
            at(1, "2000"),
            at(2, "\"1970-01-01T00:00:01Z\""),
            at(3, "what"),
            at(4, "1000"),
            at(5, "500"));

    assertThat(lines(RecordOrder.EVENT_TIME, 0, records)).containsExactly(5L, 2L, 3L, 4L, 1L);
    assertThat(lines(RecordOrder.FILE, 0, records)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void shufflesTheSameWayForTheSameSeed() {
    List<OutgoingRecord> records = new ArrayList<>();
    for (int line = 0; line < 100; line++) {
      records.add(at(line, "1"));
    }
    List<Long> shuffled = lines(RecordOrder.SHUFFLE, 5, records);

    assertThat(shuffled).isEqualTo(lines(RecordOrder.SHUFFLE, 5, records));
    assertThat(shuffled).isNotEqualTo(lines(RecordOrder.SHUFFLE, 6, records));
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(lines(RecordOrder.FILE, 0, records));
  }

  @Test
  void refusesOtherNames() {
    assertThatThrownBy(() -> RecordOrder.of("random"))
        .hasMessage("'random' must be file, event-time or shuffle");
  }
}
