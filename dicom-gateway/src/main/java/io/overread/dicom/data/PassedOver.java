package io.overread.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/**
 * A value that was too long to hold in memory and came from a stream, so that there is no file to
 * leave it in. Only its place is known.
 *
 * @param offset in bytes from the start of the stream's data set
 * @param length in bytes
 */
public record PassedOver(long offset, long length, ByteOrder byteOrder) implements Octets {

  @Override
  public InputStream open() throws IOException {
    throw new IOException(
        "The value of %d bytes at byte %d of the stream was passed over".formatted(length, offset));
  }
}
