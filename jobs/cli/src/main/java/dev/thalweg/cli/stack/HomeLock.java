package dev.thalweg.cli.stack;

import dev.thalweg.cli.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Only one command at a time changes the stack of a home directory. */
final class HomeLock implements AutoCloseable {

  private final FileLock lock;

  private HomeLock(FileLock lock) {
    this.lock = lock;
  }

  static HomeLock acquire(Path file, Progress progress) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      progress.say("another stack command works on " + file.getParent() + ", waiting for it");
      lock = channel.lock();
    }
    return new HomeLock(lock);
  }

  @Override
  public void close() throws IOException {
    lock.acquiredBy().close();
  }
}
