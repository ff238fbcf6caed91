package io.overread.gateway.instance;

import io.overread.dicom.data.FileMeta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
  private static final int BUFFER = 128 * 1024;

  private final FileChannel channel;
  private final String fileDigest;
  private final String dataSetDigest;
  private final long size;
  private Path path;
  private boolean kept;

  private IncomingFile(
      Path path, FileChannel channel, String fileDigest, String dataSetDigest, long size) {
    this.path = path;
    this.channel = channel;
    this.fileDigest = fileDigest;
    this.dataSetDigest = dataSetDigest;
    this.size = size;
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
    boolean whole = false;
    try {
      channel = open(path);
      Writer writer = new Writer(channel, freeSpace, sha256(), sha256());
      writer.header(arrival);
      byte[] buffer = new byte[BUFFER];
      int read;
      while ((read = dataSet.read(buffer)) >= 0) {
        writer.dataSet(buffer, read);
      }
      IncomingFile file = writer.finish(path);
      whole = true;
      return file;
    } finally {
      if (!whole) {
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

  /** SHA-256 of the whole file, hex. */
  String fileDigest() {
    return fileDigest;
  }

  /** SHA-256 of the data set's bytes as they came, hex. */
  String dataSetDigest() {
    return dataSetDigest;
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() {
    try (channel) {
      if (!kept) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // What became of the instance is decided; the next start clears the folder.
      LOG.warn("A temporary file stays until the next start", e);
    }
  }

  /** Writes and digests; what fails here is ours and not the peer's. */
  private static final class Writer {

    private static final long LOOK_AT_SPACE_EVERY = 64L << 20;

    private final FileChannel channel;
    private final FreeSpace freeSpace;
    private final MessageDigest fileDigest;
    private final MessageDigest dataSetDigest;
    private long size;
    private long sinceLook;

    Writer(
        FileChannel channel,
        FreeSpace freeSpace,
        MessageDigest fileDigest,
        MessageDigest dataSetDigest) {
      this.channel = channel;
      this.freeSpace = freeSpace;
      this.fileDigest = fileDigest;
      this.dataSetDigest = dataSetDigest;
    }

    void header(Arrival arrival) throws IOException {
      ByteArrayOutputStream header = new ByteArrayOutputStream(512);
      FileMeta.of(arrival.sopClassUid(), arrival.sopInstanceUid(), arrival.transferSyntaxUid())
          .write(header);
      write(header.toByteArray(), header.size());
    }

    void dataSet(byte[] bytes, int length) {
      dataSetDigest.update(bytes, 0, length);
      write(bytes, length);
    }

    private void write(byte[] bytes, int length) {
      fileDigest.update(bytes, 0, length);
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw new StorageFailure("the disk is full or fails", e);
      }
      size += length;
      sinceLook += length;
      if (sinceLook >= LOOK_AT_SPACE_EVERY) {
        sinceLook = 0;
        freeSpace.require();
      }
    }

    IncomingFile finish(Path path) {
      return new IncomingFile(path, channel, hex(fileDigest), hex(dataSetDigest), size);
    }

    private static String hex(MessageDigest digest) {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
