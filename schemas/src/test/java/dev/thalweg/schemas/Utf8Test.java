package dev.thalweg.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static boolean decodes(byte[] bytes) {
    CharBuffer out = CharBuffer.allocate(bytes.length);
    return !StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes), out, /* endOfInput= */ true)
        .isError();
  }

  @Test
  void agreesWithTheLibraryOnAllShortSequences() {
    List<String> different = new ArrayList<>();
    for (int first = 0x80; first <= 0xFF; first++) {
      for (int second = 0; second <= 0xFF; second++) {
        for (int tail : new int[] {-1, 0x7F, 0x80, 0xBF, 0xC0}) {
          for (int last : new int[] {-1, 0x80, 0x41}) {
            byte[] bytes = {(byte) first, (byte) second, (byte) tail, (byte) last};
            int length = tail < 0 ? 2 : last < 0 ? 3 : 4;
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            if (Utf8.isWellFormed(cut, 0, length) != decodes(cut)) {
              different.add(HexFormat.of().formatHex(cut));
            }
          }
        }
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void looksAtNothingOutsideItsRange() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = "aé€😀z".getBytes(StandardCharsets.UTF_8);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      byte[] cut = java.util.Arrays.copyOfRange(bytes, from, to);
      assertThat(Utf8.isWellFormed(bytes, from, to)).isEqualTo(decodes(cut));
    }
  }
}
