package io.overread.dicom.net.dimse;

import io.overread.dicom.net.pdu.PresentationDataValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The bytes of a data set, as their fragments arrive. It ends only after the fragment that the peer
 * marked as the last; when the association ends before, reading throws.
 */
public final class DataSetInputStream extends InputStream {
  private final DimseReceiver receiver;
  private final int contextId;
  private ByteBuffer fragment = ByteBuffer.allocate(0);
  private boolean lastFragment;
  private boolean broken;
  private boolean finished;

  DataSetInputStream(DimseReceiver receiver, int contextId, boolean empty) {
    this.receiver = receiver;
    this.contextId = contextId;
    this.lastFragment = empty;
  }

  @Override
  public int read() throws IOException {
    requireOpen();
    return advance() ? Byte.toUnsignedInt(fragment.get()) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, fragment.remaining());
    fragment.get(bytes, offset, count);
    return count;
  }

  @Override
  public int available() {
    return finished || broken ? 0 : fragment.remaining();
  }

  /** Whether the association ended within the data set. */
  public boolean isBroken() {
    return broken;
  }

  /**
   * Reads what is left and forgets it, so that the next message can come. The stream is of no use
   * afterwards.
   *
   * @throws IOException when the association ends within the data set
   */
  public void finish() throws IOException {
    while (advance()) {
      fragment.position(fragment.limit());
    }
    finished = true;
  }

  private void requireOpen() throws IOException {
    if (finished) {
      throw new IOException("the data set was answered already");
    }
  }

  /** Makes the fragment have a byte; false at the end. */
  private boolean advance() throws IOException {
    while (!fragment.hasRemaining()) {
      if (broken) {
        throw new IOException("the association ended within the data set");
      }
      if (lastFragment) {
        return false;
      }
      take(receiver.nextValue(true));
    }
    return true;
  }

  private void take(@org.jspecify.annotations.Nullable PresentationDataValue value)
      throws IOException {
    if (value == null) {
      broken = true;
      if (receiver.interruption() instanceof Incoming.ReleaseRequested) {
        receiver.abort("a release within a message");
      }
      throw new IOException("the association ended within the data set");
    }
    if (value.command() || value.contextId() != contextId) {
      broken = true;
      receiver.abort("a fragment that is not of the data set that was to come");
      throw new IOException("the association ended within the data set");
    }
    fragment = value.fragment();
    lastFragment = value.last();
  }
}
