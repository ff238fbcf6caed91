package io.overread.gateway.instance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A DICOM file that was received whole. It is durable after {@link #force}. Closing it deletes what
 * was neither kept nor moved away.
 *
 * <p>Preamble and meta information (PS3.10 7.1) depend on nothing but the request's UIDs, so that
 * the same object makes the same file whoever sends it.
 */
final class IncomingFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(IncomingFile.class);

  private final FileChannel channel;
  private final ReceivedBytes bytes;
  private final long checksum;
  private Path path;
  private boolean kept;

  private IncomingFile(Path path, FileChannel channel, ReceivedBytes bytes) {
    this.path = path;
    this.channel = channel;
    this.bytes = bytes;
    this.checksum = bytes.checksum();
  }

  /**
   * Streams a data set to disk as it is; the memory it takes is one buffer.
   *
   * @throws IOException when the peer's stream ends early; nothing is left
   * @throws StorageFailure when the disk is full or fails; nothing is left
   */
  static IncomingFile receive(
      DataFolder folder, FreeSpace freeSpace, Arrival arrival, InputStream dataSet)
      throws IOException {
    freeSpace.require();
    Path path = create(folder);
    FileChannel channel = null;
    ReceivedBytes bytes = null;
    boolean whole = false;
    try {
      channel = open(path);
      bytes = new ReceivedBytes(channel, freeSpace);
      bytes.header(arrival);
      bytes.dataSet(dataSet);
      IncomingFile file = new IncomingFile(path, channel, bytes);
      whole = true;
      return file;
    } finally {
      if (!whole) {
        if (bytes != null) {
          bytes.close();
        }
        if (channel != null) {
          channel.close();
        }
        Files.deleteIfExists(path);
      }
    }
  }

  /** Where it lies at present. */
  Path path() {
    return path;
  }

  /** Tells whether the bytes of the file are those received; see {@link Checksum}. */
  long checksum() {
    return checksum;
  }

  /** Works out the digests, which takes a while, unless that has been done. */
  void digest() {
    bytes.digest();
  }

  /** SHA-256 of the whole file, hex. */
  String fileDigest() {
    return bytes.fileDigest();
  }

  /** SHA-256 of the data set's bytes as they came, hex. */
  String dataSetDigest() {
    return bytes.dataSetDigest();
  }

  /** Bytes of the whole file. */
  long size() {
    return bytes.size();
  }

  /**
   * Makes the bytes durable, with what is needed to read them back; the name apart.
   *
   * @throws StorageFailure when the disk is full or fails
   */
  void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new StorageFailure("the disk is full or fails", e);
    }
  }

  /**
   * Gives it another name in the same folder.
   *
   * @throws StorageFailure when the disk is full or fails
   */
  void rename(String name) {
    try {
      path = Files.move(path, path.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StorageFailure("the disk is full or fails", e);
    }
  }

  /** Closing leaves it where it is. */
  void keep() {
    kept = true;
  }

  private static Path create(DataFolder folder) {
    try {
      return Files.createTempFile(folder.incoming(), "", Leavings.PART);
    } catch (IOException e) {
      throw new StorageFailure("no file can be created", e);
    }
  }

  private static FileChannel open(Path path) {
    try {
      return FileChannel.open(path, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StorageFailure("a file can't be opened", e);
    }
  }

  @Override
  public void close() {
    try (channel;
        bytes) {
      if (!kept) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What became of the instance is decided; the next start clears the folder.
      LOG.warn("A temporary file stays until the next start", e);
    }
  }
}
