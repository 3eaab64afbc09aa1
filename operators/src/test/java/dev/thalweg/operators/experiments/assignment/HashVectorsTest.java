package dev.thalweg.operators.experiments.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.thalweg.operators.testkit.Oracles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashVectorsTest {
  private static final int SEED = 0x9747b28c;

  @Test
  void agreesWithEveryVector() throws IOException {
    JsonNode vectors = Oracles.json("hash-vectors.json");
    assertThat(vectors).hasSizeGreaterThan(200);
    for (JsonNode vector : vectors) {
      String key = vector.get("key").textValue();
      assertThat(Integer.toUnsignedLong(Murmur3.hash32(key, 0)))
          .as(key)
          .isEqualTo(vector.get("murmur3_x86_32_seed0").longValue());
      assertThat(Integer.toUnsignedLong(Murmur3.hash32(key, SEED)))
          .as(key)
          .isEqualTo(vector.get("murmur3_x86_32_seed0x9747b28c").longValue());
      assertThat(Integer.toUnsignedLong(Fnv1a.hash32(key)))
          .as(key)
          .isEqualTo(vector.get("fnv1a32").longValue());
      assertThat(Long.toUnsignedString(Fnv1a.hash64(key)))
          .as(key)
          .isEqualTo(vector.get("fnv1a64").textValue());
    }
  }

  /** Strings of any UTF-16 units: every width of UTF-8, pairs, and surrogates without a partner. */
  @Provide
  Arbitrary<String> units() {
    return Arbitraries.strings()
        .withChars("a~\u0080\u07ff\u0800\uffff\ud83d\ude00\ud800\udfff")
        .ofMaxLength(12);
  }

  @Property(tries = 3_000, seed = "5")
  void hashesWhatTheEncoderOfJavaWrites(
      @ForAll("units") String first, @ForAll("units") String second, @ForAll int seed) {
    byte[] bytes = (first + second).getBytes(StandardCharsets.UTF_8);
    assertThat(Murmur3.hash32(first, second, seed))
        .isEqualTo(MurmurHash3.hash32x86(bytes, 0, bytes.length, seed));
    int small = 0x811c9dc5;
    long large = 0xcbf29ce484222325L;
    for (byte b : bytes) {
      small = (small ^ (b & 0xFF)) * 16_777_619;
      large = (large ^ (b & 0xFF)) * 1_099_511_628_211L;
    }
    assertThat(Fnv1a.hash32(first, second)).isEqualTo(small);
    assertThat(Fnv1a.hash64(first + second)).isEqualTo(large);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "\ude00\ud83d", "\ud83dx", "x\ude00"})
  void surrogatesWithoutPartnerAreQuestionMarks(String malformed) {
    String written = malformed.replace('\ud83d', '?').replace('\ude00', '?');
    assertThat(Murmur3.hash32(malformed, 0)).isEqualTo(Murmur3.hash32(written, 0));
    assertThat(Fnv1a.hash32(malformed)).isEqualTo(Fnv1a.hash32(written));
    assertThat(Fnv1a.hash64(malformed)).isEqualTo(Fnv1a.hash64(written));
  }

  @Test
  void pairSharedByTwoStringsIsOneCodePoint() {
    assertThat(Murmur3.hash32("a\ud83d", "\ude00b", 0))
        .isEqualTo(Murmur3.hash32("a\ud83d\ude00b", 0));
  }

  @Property(tries = 1_000, seed = "6")
  void digitsAreHashedAsTheyArePrinted(@ForAll int number) {
    assertThat(Fnv1a.hash32OfDigits(number))
        .isEqualTo(Fnv1a.hash32(Integer.toUnsignedString(number)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 10, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void digitsOfBordersAreHashedAsTheyArePrinted(int number) {
    digitsAreHashedAsTheyArePrinted(number);
  }
}
