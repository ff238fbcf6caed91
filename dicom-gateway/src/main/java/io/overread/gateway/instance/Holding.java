package io.overread.gateway.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Makes a received file durable under its held name. Bytes and name are forced side by side, since
 * a journaling file system writes both with one commit; a power cut that takes one of them leaves a
 * file that {@link Replay} knows for torn, and that was never acknowledged. Meanwhile the digests
 * are worked out, for which nothing on disk has to wait: the held name has a {@link Checksum}.
 *
 * <p>What is relied upon: after {@code fdatasync} of a file its bytes and its length survive a
 * power cut, and after {@code fsync} of a directory the names in it do (POSIX, and the manual of
 * Linux).
 */
final class Holding implements AutoCloseable {

  private final DirectorySync incoming;

  /** Platform threads: the kernel wakes them when the disk is done, no other thread has to. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("hold-", 1).factory());

  Holding(DataFolder folder) {
    try {
      this.incoming = new DirectorySync(folder.incoming());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of what is received can't be opened", e);
    }
  }

  /**
   * Renames the file and comes back when its bytes and its name are durable and its digests known.
   *
   * @throws StorageFailure when the disk is full or fails
   */
  void hold(IncomingFile file, HeldName name) {
    file.rename(name.fileName());
    CompletableFuture<Void> named = CompletableFuture.runAsync(this::forceNames, threads);
    CompletableFuture<Void> written = CompletableFuture.runAsync(file::force, threads);
    try {
      file.digest();
    } finally {
      join(CompletableFuture.allOf(named, written));
    }
  }

  private static void join(CompletableFuture<Void> forced) {
    try {
      forced.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StorageFailure failure
          ? failure
          : new StorageFailure("the disk is full or fails", e);
    }
  }

  private void forceNames() {
    try {
      incoming.sync();
    } catch (IOException e) {
      throw new StorageFailure("the disk is full or fails", e);
    }
  }

  @Override
  public void close() {
    threads.close();
    try {
      incoming.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
