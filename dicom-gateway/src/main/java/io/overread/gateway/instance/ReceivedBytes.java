package io.overread.gateway.instance;

import io.overread.dicom.data.FileMeta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file as they are received: written as they come, digested by the buffer. The last
 * buffer, which is all of most images, is digested when someone asks, so that this can be done
 * while the disk works. What fails here is ours and not the peer's.
 */
final class ReceivedBytes implements AutoCloseable {

  private static final int BUFFER = 1 << 20;
  private static final int WRITE = 256 * 1024;
  private static final int SPARE_BUFFERS = 16;
  private static final long LOOK_AT_SPACE_EVERY = 64L << 20;

  private static final ConcurrentLinkedQueue<byte[]> SPARE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger SPARES = new AtomicInteger();

  private final FileChannel channel;
  private final FreeSpace freeSpace;
  private final Checksum checksum = new Checksum();
  private final MessageDigest fileDigest = sha256();
  private final MessageDigest dataSetDigest = sha256();
  private byte @Nullable [] buffer = take();
  private int filled;
  private int written;

  /**
   * A file that is larger than the buffer is digested by the write, while its bytes are at hand.
   */
  private int digestAt = BUFFER;

  /** Where the data set begins in the buffer. */
  private int dataSetAt;

  private long size;
  private long sinceLook;
  private @Nullable String fileHex;
  private @Nullable String dataSetHex;

  ReceivedBytes(FileChannel channel, FreeSpace freeSpace) {
    this.channel = channel;
    this.freeSpace = freeSpace;
  }

  /** Preamble and meta information. */
  void header(Arrival arrival) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream(512);
    FileMeta.of(arrival.sopClassUid(), arrival.sopInstanceUid(), arrival.transferSyntaxUid())
        .write(header);
    byte[] bytes = header.toByteArray();
    System.arraycopy(bytes, 0, buffer(), 0, bytes.length);
    filled = bytes.length;
    dataSetAt = bytes.length;
  }

  /**
   * The data set to its end.
   *
   * @throws IOException as the stream
   */
  void dataSet(InputStream in) throws IOException {
    byte[] into = buffer();
    while (true) {
      int read = in.read(into, filled, digestAt - filled);
      if (read < 0) {
        write(into);
        return;
      }
      filled += read;
      if (filled - written >= WRITE || filled == digestAt) {
        write(into);
      }
      if (filled == digestAt) {
        update(into);
        digestAt = WRITE;
      }
    }
  }

  private void write(byte[] from) {
    int length = filled - written;
    checksum.update(from, written, length);
    ByteBuffer bytes = ByteBuffer.wrap(from, written, length);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new StorageFailure("the disk is full or fails", e);
    }
    written = filled;
    size += length;
    sinceLook += length;
    if (sinceLook >= LOOK_AT_SPACE_EVERY) {
      sinceLook = 0;
      freeSpace.require();
    }
  }

  private void update(byte[] from) {
    fileDigest.update(from, 0, filled);
    dataSetDigest.update(from, dataSetAt, filled - dataSetAt);
    filled = 0;
    written = 0;
    dataSetAt = 0;
  }

  long checksum() {
    return checksum.value();
  }

  long size() {
    return size;
  }

  void digest() {
    if (fileHex == null) {
      update(buffer());
      fileHex = HexFormat.of().formatHex(fileDigest.digest());
      dataSetHex = HexFormat.of().formatHex(dataSetDigest.digest());
    }
  }

  String fileDigest() {
    digest();
    return String.valueOf(fileHex);
  }

  String dataSetDigest() {
    digest();
    return String.valueOf(dataSetHex);
  }

  private byte[] buffer() {
    if (buffer == null) {
      throw new IllegalStateException("it was given back");
    }
    return buffer;
  }

  private static byte[] take() {
    byte[] spare = SPARE.poll();
    if (spare == null) {
      return new byte[BUFFER];
    }
    SPARES.decrementAndGet();
    return spare;
  }

  /** Gives the buffer back; those that many associations left are not all kept. */
  @Override
  public void close() {
    byte[] mine = buffer;
    buffer = null;
    if (mine != null && SPARES.incrementAndGet() <= SPARE_BUFFERS) {
      SPARE.add(mine);
    } else if (mine != null) {
      SPARES.decrementAndGet();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
