package io.overread.dicom.net.dimse;

import io.overread.dicom.net.association.UpperLayer;
import io.overread.dicom.net.pdu.PDataTf;
import io.overread.dicom.net.pdu.PresentationDataValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Cuts DIMSE messages into P-DATA no longer than the peer takes, PS3.8 Annex E and D.1. */
public final class DimseSender {
  /** Longest fragment, also where the peer sets no limit. */
  private static final int LONGEST_FRAGMENT = 128 * 1024;

  private final UpperLayer layer;
  private final int fragmentLength;

  /**
   * With the maximum length that the peer receives, 0 for any.
   *
   * @throws IllegalArgumentException when no fragment fits it
   */
  public DimseSender(UpperLayer layer, long peerMaximumLength) {
    if (!isUsable(peerMaximumLength)) {
      throw new IllegalArgumentException("no fragment fits a PDU of " + peerMaximumLength);
    }
    this.layer = layer;
    long room =
        peerMaximumLength == 0 ? LONGEST_FRAGMENT : peerMaximumLength - PDataTf.FRAGMENT_OVERHEAD;
    // Fragments have an even number of bytes, PS3.8 E.1.
    this.fragmentLength = (int) Math.min(room, LONGEST_FRAGMENT) & ~1;
  }

  /** Whether a maximum length lets anything be sent. */
  public static boolean isUsable(long peerMaximumLength) {
    return peerMaximumLength == 0 || peerMaximumLength >= PDataTf.FRAGMENT_OVERHEAD + 2;
  }

  /**
   * Sends a command set.
   *
   * @throws IOException when the association has ended
   */
  public void send(int contextId, CommandSet command) throws IOException {
    byte[] bytes = command.encode();
    int offset = 0;
    do {
      int length = Math.min(fragmentLength, bytes.length - offset);
      boolean last = offset + length == bytes.length;
      fragment(contextId, true, last, ByteBuffer.wrap(bytes, offset, length));
      offset += length;
    } while (offset < bytes.length);
  }

  /**
   * Sends a data set to the end of the stream.
   *
   * @throws IOException when the association has ended
   * @throws DataSetSourceException when reading the stream fails; the message is then incomplete
   */
  public void send(int contextId, InputStream dataSet) throws IOException {
    byte[] current = new byte[fragmentLength];
    byte[] following = new byte[fragmentLength];
    int length = fill(dataSet, current);
    while (true) {
      // One fragment ahead, since the last has to be marked.
      int next = length == fragmentLength ? fill(dataSet, following) : 0;
      fragment(contextId, false, next == 0, ByteBuffer.wrap(current, 0, length));
      if (next == 0) {
        return;
      }
      byte[] sent = current;
      current = following;
      following = sent;
      length = next;
    }
  }

  private static int fill(InputStream dataSet, byte[] buffer) throws DataSetSourceException {
    try {
      return dataSet.readNBytes(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw new DataSetSourceException(e);
    }
  }

  private void fragment(int contextId, boolean command, boolean last, ByteBuffer bytes)
      throws IOException {
    layer.sendData(
        new PDataTf(List.of(new PresentationDataValue(contextId, command, last, bytes))));
  }
}
