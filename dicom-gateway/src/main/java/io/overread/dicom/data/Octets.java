package io.overread.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;

/** A value of bytes: in memory, left in its file, or passed over. */
public sealed interface Octets extends Value permits Bytes, Region, PassedOver {

  /** In bytes, padding included. */
  long length();

  /**
   * The order in which the bytes of a word stand: little endian unless left in a big endian file.
   */
  ByteOrder byteOrder();

  /**
   * All bytes, in {@link #byteOrder()}.
   *
   * @throws IOException if the file can't be read, or the value was passed over
   */
  InputStream open() throws IOException;

  /**
   * A part of the bytes, in {@link #byteOrder()}.
   *
   * @throws IOException if the file can't be read or no longer has these bytes
   */
  default byte[] read(long from, int count) throws IOException {
    if (from < 0 || count < 0 || from > length() - count) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of a value of %d bytes".formatted(count, from, length()));
    }
    try (InputStream in = open()) {
      in.skipNBytes(from);
      byte[] bytes = in.readNBytes(count);
      if (bytes.length < count) {
        throw new IOException("The value's file is shorter than when it was opened");
      }
      return bytes;
    }
  }
}
