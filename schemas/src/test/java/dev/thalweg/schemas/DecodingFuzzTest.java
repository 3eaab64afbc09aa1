package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.schemas.testkit.TestEvent;
import dev.thalweg.schemas.testkit.TestEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No bytes make the decoder throw, or tell it something about the bytes before. */
class DecodingFuzzTest {
  private static final int INPUTS = 100_000;
  private static final String SECRET = "Zorilla";

  private final Random random = new Random(20261101);
  private final EventDecoder reused = Decoded.decoder();
  private final List<byte[]> good = goodEvents();
  private final List<Decoded> expected = good.stream().map(Decoded::of).toList();

  /** Events of every type in both encodings; every text in them is or holds the secret. */
  private static List<byte[]> goodEvents() {
    List<byte[]> out = new ArrayList<>();
    for (Contract contract : TestEvents.catalog().events()) {
      TestEvent event = TestEvents.of(contract.type());
      for (ContractField field : contract.fields()) {
        if (field.type() == FieldType.STRING) {
          event.with(field.name(), SECRET + " \u00e9\ud83d\ude00 " + field.name());
        }
      }
      out.add(event.toAvro());
      out.add(event.withJson(SECRET, "{\"" + SECRET + "\":[1.5e3,null,true]}").toJsonBytes());
    }
    return out;
  }

  @Test
  void judgesRandomAndMutatedBytes() {
    Map<Failure, Integer> failures = new EnumMap<>(Failure.class);
    int accepted = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = i % 4 == 0 ? randomBytes() : mutated();
      Decoded decoded = Decoded.of(reused, input);
      assertThat(decoded).as("reused and new decoder").isEqualTo(Decoded.of(input));
      if (decoded.failure() == null) {
        accepted++;
        GenericReading.assertAgrees(
            reused.cursor(), reused.payload(), reused.payloadStart(), reused.payload().length);
      } else {
        failures.merge(decoded.failure(), 1, Integer::sum);
        assertThat(decoded.message()).isNotBlank().hasSizeLessThan(200).doesNotContain(SECRET);
        assertThat(decoded.message().lines()).hasSize(1);
      }
      int next = random.nextInt(good.size());
      assertThat(Decoded.of(reused, good.get(next))).isEqualTo(expected.get(next));
    }
    // The inputs are worth something only if they reach every branch.
    assertThat(accepted).isGreaterThan(INPUTS / 20);
    assertThat(failures)
        .containsOnlyKeys(
            Failure.UNREADABLE,
            Failure.UNKNOWN_CONTRACT,
            Failure.UNKNOWN_VERSION,
            Failure.SCHEMA_VIOLATION);
  }

  private byte[] randomBytes() {
    byte[] out = new byte[random.nextInt(64)];
    random.nextBytes(out);
    if (out.length > 10 && random.nextBoolean()) {
      byte[] header = random.nextBoolean() ? good.get(0) : "{\"a\":     ".getBytes();
      System.arraycopy(header, 0, out, 0, Math.min(10, header.length));
    }
    return out;
  }

  private byte[] mutated() {
    byte[] out = good.get(random.nextInt(good.size())).clone();
    for (int rounds = 1 + random.nextInt(2); rounds > 0 && out.length > 0; rounds--) {
      out = mutate(out);
    }
    return out;
  }

  private byte[] mutate(byte[] in) {
    int at = random.nextInt(in.length);
    int count = Math.min(in.length - at, 1 + random.nextInt(8));
    return switch (random.nextInt(7)) {
      case 0 -> flip(in, at, 1 << random.nextInt(8));
      case 1 -> flip(in, at, in[at] ^ "{}[]\",:\\ue0-N".charAt(random.nextInt(13)));
      case 2 -> Arrays.copyOf(in, at);
      case 3 -> joined(in, at, in, at + count);
      case 4 -> joined(in, at + count, in, at);
      case 5 -> Arrays.copyOf(in, in.length + count);
      default -> {
        byte[] other = good.get(random.nextInt(good.size()));
        yield joined(in, at, other, random.nextInt(other.length));
      }
    };
  }

  private static byte[] flip(byte[] in, int at, int bits) {
    in[at] ^= (byte) bits;
    return in;
  }

  /** The head of one and the tail of another. */
  private static byte[] joined(byte[] head, int to, byte[] tail, int from) {
    byte[] out = Arrays.copyOf(head, to + tail.length - from);
    System.arraycopy(tail, from, out, to, tail.length - from);
    return out;
  }
}
