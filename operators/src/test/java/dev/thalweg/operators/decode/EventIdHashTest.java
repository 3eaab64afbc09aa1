package dev.thalweg.operators.decode;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.commons.codec.digest.MurmurHash3;

final class EventIdHashTest {
  private final EventIdHash hash = new EventIdHash();

  @Property(tries = 2_000, seed = "3")
  void equalsTheReferenceOnAnyBytesAnywhereInAnArray(
      @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(max = 40) int from) {
    byte[] padded = new byte[from + bytes.length + 3];
    System.arraycopy(bytes, 0, padded, from, bytes.length);
    hash.hash(padded, from, bytes.length);
    assertThat(new long[] {hash.high(), hash.low()})
        .isEqualTo(MurmurHash3.hash128x64(padded, from, bytes.length, 0));
  }

  @Property(tries = 50, seed = "4")
  void everyLengthOfTailIsHashedWhole(@ForAll @IntRange(max = 48) int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (0x80 + i);
    }
    hash.hash(bytes, 0, length);
    long high = hash.high();
    assertThat(high).isEqualTo(MurmurHash3.hash128x64(bytes, 0, length, 0)[0]);
    if (length > 0) {
      bytes[length - 1]++;
      hash.hash(bytes, 0, length);
      assertThat(hash.high()).isNotEqualTo(high);
    }
  }
}
