package io.overread.gateway.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's part of the data folder: {@code store/incoming} for what is being received, {@code
 * store/xx/DIGEST.dcm} for what is stored, {@code quarantine/xx/DIGEST.dcm} for what was refused,
 * {@code results/xx/DIGEST.dcm} for what we made of reports. Names come from digests and random
 * numbers, never from what a peer sent.
 *
 * <p>One process owns it at a time: the next start takes what lies in {@code incoming} for the
 * leavings of a crash.
 */
public final class DataFolder implements AutoCloseable {

  private final Path home;
  private final FileChannel lockFile;

  private DataFolder(Path home, FileChannel lockFile) {
    this.home = home;
    this.lockFile = lockFile;
  }

  /**
   * Creates what is missing and takes the folder for this process.
   *
   * @throws IllegalStateException when another process has it
   * @throws UncheckedIOException when it can't be written
   */
  public static DataFolder open(Path home) {
    try {
      Files.createDirectories(home.resolve("store").resolve("incoming"));
      Files.createDirectories(home.resolve("quarantine"));
      Files.createDirectories(home.resolve("results"));
      FileChannel lockFile =
          FileChannel.open(
              home.resolve("store").resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (lock(lockFile) == null) {
        lockFile.close();
        throw new IllegalStateException("another gateway works on the data folder " + home);
      }
      // A link in the way to the folder must not make two names of one file.
      return new DataFolder(home.toRealPath(), lockFile);
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder " + home + " can't be used", e);
    }
  }

  private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Where files lie while they are received. */
  public Path incoming() {
    return home.resolve("store").resolve("incoming");
  }

  /** The absolute path of a path that {@link StoredPath} made. */
  public Path resolve(StoredPath path) {
    return home.resolve(path.relative());
  }

  /** Bytes that may still be written on the folder's disk. */
  public long usableSpace() throws IOException {
    return Files.getFileStore(home).getUsableSpace();
  }

  /** Moves a file atomically to its place, and comes back when its name there is durable. */
  void moveInto(Path file, StoredPath place) throws IOException {
    Path target = resolve(place);
    Path shelf = parent(target);
    if (!Files.isDirectory(shelf)) {
      Files.createDirectories(shelf);
      force(parent(shelf));
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    force(shelf);
  }

  /**
   * Makes the names in a directory durable; POSIX asks for this apart from the file's own bytes.
   */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("no folder above " + path);
    }
    return parent;
  }

  /** Gives the folder back. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
