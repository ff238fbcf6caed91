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
 * file that {@link Replay} knows for torn, and that was never acknowledged.
 */
final class Holding implements AutoCloseable {

  private final DirectorySync incoming;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Holding(DataFolder folder) {
    try {
      this.incoming = new DirectorySync(folder.incoming());
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of what is received can't be opened", e);
    }
  }

  /**
   * Renames the file and comes back when its bytes and its name are durable.
   *
   * @throws StorageFailure when the disk is full or fails
   */
  void hold(IncomingFile file, HeldName name) {
    file.rename(name.fileName());
    CompletableFuture<Void> named = CompletableFuture.runAsync(this::forceNames, threads);
    file.force();
    try {
      named.join();
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
