package dev.thalweg.operators.experiments.attribution;

import dev.thalweg.operators.event.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where events were read from, and under which contracts they were accepted: of each partition the
 * highest offset. They merge, whatever the order. Mutable; not thread safe.
 */
public final class Sources {
  private static final long NONE = -1;
  private static final int MORE = 0x80;

  /** By topic, the highest offset of each partition. */
  private final SortedMap<String, long[]> offsets = new TreeMap<>();

  private final SortedSet<String> contracts = new TreeSet<>();

  /** Takes in where an event was read from, and its contract. */
  void add(Origin origin, String contract) {
    raise(origin.topic(), origin.partition(), origin.offset());
    contracts.add(contract);
  }

  private void raise(String topic, int partition, long offset) {
    long[] known = offsets.get(topic);
    if (known == null || known.length <= partition) {
      int before = known == null ? 0 : known.length;
      known = known == null ? new long[partition + 1] : Arrays.copyOf(known, partition + 1);
      Arrays.fill(known, before, known.length, NONE);
      offsets.put(topic, known);
    }
    known[partition] = Math.max(known[partition], offset);
  }

  /** Adds others. */
  void merge(Sources other) {
    other.offsets.forEach(
        (topic, highest) -> {
          for (int partition = highest.length - 1; partition >= 0; partition--) {
            raise(topic, partition, highest[partition]);
          }
        });
    contracts.addAll(other.contracts);
  }

  /** The highest offset of each {@code topic/partition}, in their order. */
  public Map<String, Long> offsets() {
    Map<String, Long> all = new LinkedHashMap<>();
    offsets.forEach(
        (topic, highest) -> {
          for (int partition = 0; partition < highest.length; partition++) {
            if (highest[partition] != NONE) {
              all.put(topic + '/' + partition, highest[partition]);
            }
          }
        });
    return all;
  }

  /** The contracts, such as {@code order_placed v1}. */
  public SortedSet<String> contracts() {
    return Collections.unmodifiableSortedSet(contracts);
  }

  void nameTo(SourceNames names) {
    offsets.keySet().forEach(names::add);
    contracts.forEach(names::add);
  }

  void writeTo(DataOutput out, SourceNames names) throws IOException {
    writeNumber(offsets.size(), out);
    for (Map.Entry<String, long[]> topic : offsets.entrySet()) {
      writeNumber(names.place(topic.getKey()), out);
      writeNumber(topic.getValue().length, out);
      for (long offset : topic.getValue()) {
        writeNumber(offset + 1, out);
      }
    }
    writeNumber(contracts.size(), out);
    for (String contract : contracts) {
      writeNumber(names.place(contract), out);
    }
  }

  static Sources readFrom(DataInput in, SourceNames names) throws IOException {
    Sources read = new Sources();
    for (long topics = readNumber(in); topics > 0; topics--) {
      String topic = names.name((int) readNumber(in));
      long[] highest = new long[(int) readNumber(in)];
      for (int partition = 0; partition < highest.length; partition++) {
        highest[partition] = readNumber(in) - 1;
      }
      read.offsets.put(topic, highest);
    }
    for (long left = readNumber(in); left > 0; left--) {
      read.contracts.add(names.name((int) readNumber(in)));
    }
    return read;
  }

  /** Seven bits a byte, the lowest first; there is no negative number. */
  private static void writeNumber(long number, DataOutput out) throws IOException {
    long left = number;
    while (left >= MORE) {
      out.writeByte((int) (left | MORE));
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  private static long readNumber(DataInput in) throws IOException {
    long number = 0;
    int read = MORE;
    for (int shift = 0; (read & MORE) != 0; shift += 7) {
      read = in.readUnsignedByte();
      number |= (long) (read & ~MORE) << shift;
    }
    return number;
  }
}
