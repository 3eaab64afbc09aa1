package dev.thalweg.cli.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordsByOffsetTest {
  @Test
  void recordsAreReadInTheOrderOfTheirOffsets(@TempDir Path directory) throws Exception {
    List<RawRecord> ordered = new ArrayList<>();
    for (int offset = 0; offset < 5_000; offset += 1 + offset % 3) {
      byte[] value = new byte[offset % 700];
      ordered.add(new RawRecord(null, value, new Origin("events.raw", 0, offset, 7)));
    }
    List<RawRecord> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(3));
    try (RecordsByOffset records = new RecordsByOffset(directory.resolve("by-offset"));
        RecordSpool spool = new RecordSpool(directory.resolve("spool"))) {
      for (RawRecord record : shuffled) {
        records.add(record);
      }
      records.copyTo(spool);
      spool.close();
      assertThat(spool.read()).usingRecursiveFieldByFieldElementComparator().isEqualTo(ordered);
    }
  }
}
