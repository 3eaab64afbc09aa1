package dev.thalweg.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into lines at its line feeds. Constant memory: of a line beyond the limit only the
 * length is kept. A byte order mark at the very beginning is left out.
 */
final class LineReader implements Closeable {

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private long number;
  private byte[] pending = new byte[1 << 10];
  private int pendingLength;
  private long length;

  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line; null at the end. */
  Line next() throws IOException {
    pendingLength = 0;
    length = 0;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      keep(from, at);
      if (at < end) {
        at++;
        return line();
      }
    }
    return any ? line() : null;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private void keep(int from, int to) {
    int count = to - from;
    length += count;
    if (length > limit) {
      return;
    }
    if (pending.length - pendingLength < count) {
      pending = Arrays.copyOf(pending, Math.max(pending.length * 2, pendingLength + count));
    }
    System.arraycopy(buffer, from, pending, pendingLength, count);
    pendingLength += count;
  }

  private Line line() {
    number++;
    if (length > limit) {
      return new Line(number, null, length);
    }
    int from = number == 1 && startsWithMark() ? 3 : 0;
    return new Line(number, Arrays.copyOfRange(pending, from, pendingLength), length - from);
  }

  private boolean startsWithMark() {
    return pendingLength >= 3
        && pending[0] == (byte) 0xEF
        && pending[1] == (byte) 0xBB
        && pending[2] == (byte) 0xBF;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
