package dev.thalweg.cli.produce;

import dev.thalweg.cli.record.OutgoingRecord;
import dev.thalweg.schemas.ContractCatalog;
import dev.thalweg.schemas.CoreFields;
import dev.thalweg.schemas.EventDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * The orders in which the records of a file can be sent. All but {@link #FILE} hold the whole file
 * in memory.
 */
public enum RecordOrder {
  /** As they come. */
  FILE,
  /** By event time, ties as they come. A record that is no event stays behind the one before it. */
  EVENT_TIME,
  /** At random, the same for the same seed. */
  SHUFFLE;

  private record Timed(OutgoingRecord record, long time) {}

  /** The order of that name. */
  public static RecordOrder of(String name) {
    return switch (name) {
      case "file" -> FILE;
      case "event-time" -> EVENT_TIME;
      case "shuffle" -> SHUFFLE;
      default ->
          throw new IllegalArgumentException("'" + name + "' must be file, event-time or shuffle");
    };
  }

  /** The records in this order. */
  public Iterator<OutgoingRecord> arrange(
      Iterator<OutgoingRecord> records, ContractCatalog catalog, long seed) {
    return switch (this) {
      case FILE -> records;
      case EVENT_TIME -> byEventTime(records, catalog);
      case SHUFFLE -> {
        List<OutgoingRecord> all = new ArrayList<>();
        records.forEachRemaining(all::add);
        Collections.shuffle(all, new Random(seed));
        yield all.iterator();
      }
    };
  }

  private static Iterator<OutgoingRecord> byEventTime(
      Iterator<OutgoingRecord> records, ContractCatalog catalog) {
    EventDecoder decoder = new EventDecoder(catalog, Integer.MAX_VALUE, false);
    List<Timed> all = new ArrayList<>();
    long time = Long.MIN_VALUE;
    while (records.hasNext()) {
      OutgoingRecord record = records.next();
      if (decoder.decode(record.value())) {
        time = decoder.cursor().longValue(CoreFields.EVENT_TIME);
      }
      all.add(new Timed(record, time));
    }
    all.sort(Comparator.comparingLong(Timed::time));
    return all.stream().map(Timed::record).iterator();
  }
}
