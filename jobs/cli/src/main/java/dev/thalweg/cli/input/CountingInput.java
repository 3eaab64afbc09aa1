package dev.thalweg.cli.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes read, to show, on another thread too, how far a file has been read. */
final class CountingInput extends FilterInputStream {

  private final AtomicLong count = new AtomicLong();

  CountingInput(InputStream in) {
    super(in);
  }

  long count() {
    return count.get();
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    count.addAndGet(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = super.read(bytes, from, length);
    count.addAndGet(Math.max(0, read));
    return read;
  }
}
