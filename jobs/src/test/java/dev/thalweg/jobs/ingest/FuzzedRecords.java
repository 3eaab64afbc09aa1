package dev.thalweg.jobs.ingest;

import dev.thalweg.operators.event.Origin;
import dev.thalweg.operators.event.RawRecord;
import dev.thalweg.operators.testkit.TestEvents;
import dev.thalweg.schemas.Contract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Seeded records: random bytes, good events of every type, and good events spoilt a little. */
final class FuzzedRecords {
  static final int PARTITIONS = 4;

  private static final List<String> TYPES =
      TestEvents.catalog().events().stream().map(Contract::type).distinct().toList();
  private static final List<String> PIECES =
      List.of(
          "null",
          "NaN",
          "-1",
          "1e999",
          "\"\"",
          "{}",
          "[[[[",
          "\\ud800",
          "\u0000",
          "\"event_id\":1,",
          "9223372036854775808",
          "\"event_type\":\"order_placed\",",
          "\uFEFF");

  private FuzzedRecords() {}

  /** The record of that number, always the same. */
  static RawRecord record(long number) {
    Origin origin =
        new Origin(
            TestEvents.TOPIC,
            (int) (number % PARTITIONS),
            number / PARTITIONS,
            TestEvents.NOON + number);
    return new RawRecord(null, bytes(number), origin);
  }

  private static byte[] bytes(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    int kind = random.nextInt(10);
    if (kind == 0) {
      return random(random, random.nextInt(200));
    }
    // One of ten ids is that of an event before.
    long id = random.nextInt(10) == 0 ? number - number % 7 : number;
    TestEvents event =
        TestEvents.event(TYPES.get((int) (id % TYPES.size()))).id("f" + id).user("u" + id % 500);
    boolean avro = random.nextBoolean();
    byte[] good = avro ? event.avro() : event.json().getBytes(StandardCharsets.UTF_8);
    return kind < 4 ? good : mutated(good, avro ? 10 : 0, random);
  }

  private static byte[] random(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(byte[] good, int header, Random random) {
    // Half of the spoilt Avro keeps its header, so that what follows is looked at.
    int from = random.nextBoolean() ? header : 0;
    byte[] bytes = good.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = from + random.nextInt(Math.max(1, bytes.length - from));
      bytes =
          switch (random.nextInt(5)) {
            case 0 -> spliced(bytes, at, at, random(random, 1 + random.nextInt(9)));
            case 1 ->
                spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(20)), new byte[0]);
            case 2 -> spliced(bytes, at, bytes.length, new byte[0]);
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 4), piece(random));
            default -> flipped(bytes, at, random);
          };
    }
    return bytes;
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] flipped(byte[] bytes, int at, Random random) {
    if (at < bytes.length) {
      bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    int start = Math.min(from, bytes.length);
    int end = Math.max(start, Math.min(to, bytes.length));
    byte[] result = new byte[start + piece.length + bytes.length - end];
    System.arraycopy(bytes, 0, result, 0, start);
    System.arraycopy(piece, 0, result, start, piece.length);
    System.arraycopy(bytes, end, result, start + piece.length, bytes.length - end);
    return result;
  }
}
