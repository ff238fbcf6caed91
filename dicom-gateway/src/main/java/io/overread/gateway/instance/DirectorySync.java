package io.overread.gateway.instance;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the names in one directory durable, for many callers with one fsync: whoever waits while
 * one runs shares the next.
 */
final class DirectorySync implements Closeable {

  private final FileChannel directory;
  private final AtomicLong asked = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private long done;
  private long failed;

  DirectorySync(Path directory) throws IOException {
    this.directory = FileChannel.open(directory, StandardOpenOption.READ);
  }

  /**
   * Comes back when every name that the caller made before is durable.
   *
   * @throws IOException when the disk fails. Then it fails for all that waited for the same fsync:
   *     the kernel reports an error once, and the next fsync would succeed without the names.
   */
  void sync() throws IOException {
    long mine = asked.incrementAndGet();
    lock.lock();
    try {
      if (done < mine) {
        long upTo = asked.get();
        done = upTo;
        failed = upTo;
        directory.force(true);
        failed = 0;
      }
      if (mine <= failed) {
        throw new IOException("a directory could not be made durable");
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
