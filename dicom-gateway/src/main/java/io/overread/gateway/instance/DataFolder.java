package io.overread.gateway.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's part of the data folder: {@code store/incoming} for what is being received or waits
 * for its row, {@code store/xx/DIGEST.dcm} for what is stored, {@code quarantine/xx/DIGEST.dcm} for
 * what was refused, {@code results/xx/DIGEST.dcm} for what we made of reports. Names come from
 * digests and random numbers, never from what a peer sent.
 *
 * <p>One process owns it at a time: the next start takes what lies in {@code incoming} for what a
 * crash interrupted. The file system must know hard links.
 */
public final class DataFolder implements AutoCloseable {

  private final Path home;
  private final @Nullable FileChannel lockFile;
  private final FileStore disk;
  private final AtomicBoolean newShelves = new AtomicBoolean();

  private DataFolder(Path home, @Nullable FileChannel lockFile) throws IOException {
    this.home = home;
    this.lockFile = lockFile;
    this.disk = Files.getFileStore(home);
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

  /**
   * The folder of a process that may be running, for a command that only reads what is stored.
   *
   * @throws UncheckedIOException when there is none
   */
  public static DataFolder beside(Path home) {
    try {
      return new DataFolder(home.toRealPath(), null);
    } catch (IOException e) {
      throw new UncheckedIOException("the data folder " + home + " can't be read", e);
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
    return disk.getUsableSpace();
  }

  /** Bytes of the folder's disk, free or not. */
  public long totalSpace() throws IOException {
    return disk.getTotalSpace();
  }

  /**
   * Gives a file that is durable its place as a second name. The first one must stay until {@link
   * #forceShelf} came back.
   */
  void link(Path file, StoredPath place) throws IOException {
    Path target = resolve(place);
    Path shelf = parent(target);
    if (!Files.isDirectory(shelf)) {
      Files.createDirectories(shelf);
      newShelves.set(true);
    }
    if (Files.exists(target)) {
      if (Files.isSameFile(file, target)) {
        return;
      }
      // The same bytes, by the digest; but these are known to be durable.
      Files.delete(target);
    }
    Files.createLink(target, file);
  }

  /** Makes the names beside a place durable, and the name of the folder that holds them. */
  void forceShelf(StoredPath place) throws IOException {
    Path shelf = parent(resolve(place));
    if (newShelves.getAndSet(false)) {
      try {
        force(parent(shelf));
      } catch (IOException e) {
        newShelves.set(true);
        throw e;
      }
    }
    force(shelf);
  }

  /** The folder of a place, created durably where it is missing. */
  private static Path shelf(Path target) throws IOException {
    Path shelf = parent(target);
    if (!Files.isDirectory(shelf)) {
      Files.createDirectories(shelf);
      force(parent(shelf));
    }
    return shelf;
  }

  /** Moves a file atomically to its place, and comes back when its name there is durable. */
  void moveInto(Path file, StoredPath place) throws IOException {
    Path target = resolve(place);
    Path shelf = shelf(target);
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
    if (lockFile == null) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
