package io.overread.dicom.net.pdu;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads PDUs from a stream. Its memory is bounded: one buffer of the maximum length for P-DATA-TF,
 * which is used again for each, and {@link #LONGEST_ASSOCIATE_PDU} for the others.
 */
public final class PduReader {
  /** Longest A-ASSOCIATE PDU that is read; 128 contexts with 40 transfer syntaxes each fit. */
  public static final int LONGEST_ASSOCIATE_PDU = 512 * 1024;

  private static final int HEADER_LENGTH = 6;
  private static final int FIXED_LENGTH = 4;

  private final InputStream stream;
  private final int maximumLength;
  private final byte[] header = new byte[HEADER_LENGTH];
  private byte @Nullable [] data;
  private boolean framingLost;

  /** With the maximum length of P-DATA-TF that the peer was told. */
  public PduReader(InputStream stream, int maximumLength) {
    this.stream = stream;
    this.maximumLength = maximumLength;
  }

  /**
   * Reads the next PDU. After bytes that no PDU begins with, it only reads on to the end.
   *
   * @return the PDU, or null at the end of the stream
   * @throws InvalidPduException when what comes is not a valid PDU
   * @throws EOFException when the stream ends within a PDU
   * @throws IOException as the stream
   */
  public @Nullable Pdu read() throws IOException, InvalidPduException {
    if (framingLost) {
      discardAll();
      return null;
    }
    int count = stream.readNBytes(header, 0, HEADER_LENGTH);
    if (count == 0) {
      return null;
    }
    if (count < HEADER_LENGTH) {
      throw new EOFException("the connection ended within the header of a PDU");
    }
    int type = Byte.toUnsignedInt(header[0]);
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(2));
    try {
      requireLength(type, length);
    } catch (InvalidPduException e) {
      framingLost = true;
      throw e;
    }
    return PduDecoder.decode(type, content(type, (int) length));
  }

  private void requireLength(int type, long length) throws InvalidPduException {
    switch (type) {
      case PduType.ASSOCIATE_RQ, PduType.ASSOCIATE_AC -> {
        if (length > LONGEST_ASSOCIATE_PDU) {
          throw tooLong("A-ASSOCIATE", length);
        }
      }
      case PduType.P_DATA_TF -> {
        if (length > maximumLength) {
          throw tooLong("P-DATA-TF", length);
        }
      }
      case PduType.ASSOCIATE_RJ, PduType.RELEASE_RQ, PduType.RELEASE_RP, PduType.ABORT -> {
        if (length != FIXED_LENGTH) {
          throw new InvalidPduException(
              AbortReason.INVALID_PDU_PARAMETER_VALUE,
              "a PDU of type " + type + " with a length of " + length);
        }
      }
      default ->
          throw new InvalidPduException(
              AbortReason.UNRECOGNIZED_PDU, "a PDU of unknown type " + type);
    }
  }

  private static InvalidPduException tooLong(String what, long length) {
    return new InvalidPduException(
        AbortReason.INVALID_PDU_PARAMETER_VALUE, "a " + what + " of " + length + " bytes");
  }

  private ByteBuffer content(int type, int length) throws IOException {
    if (type == PduType.P_DATA_TF) {
      if (data == null) {
        data = new byte[maximumLength];
      }
      requireRead(stream.readNBytes(data, 0, length), length);
      return ByteBuffer.wrap(data, 0, length);
    }
    // Grows with what arrives, not with what the peer claims.
    byte[] content = stream.readNBytes(length);
    requireRead(content.length, length);
    return ByteBuffer.wrap(content);
  }

  private static void requireRead(int read, int length) throws EOFException {
    if (read < length) {
      throw new EOFException("the connection ended within a PDU, after " + read + " bytes");
    }
  }

  private void discardAll() throws IOException {
    byte[] discarded = new byte[8192];
    int read;
    do {
      read = stream.read(discarded);
    } while (read >= 0);
  }
}
