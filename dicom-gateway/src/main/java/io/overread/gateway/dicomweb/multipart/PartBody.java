package io.overread.gateway.dicomweb.multipart;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a part up to the next delimiter. */
final class PartBody extends InputStream {

  private final DelimitedInput input;
  private long left;
  private boolean ended;

  PartBody(DelimitedInput input, long limit) {
    this.input = input;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    int count = input.read(into, offset, length);
    if (count < 0) {
      ended = true;
      return -1;
    }
    left -= count;
    if (left < 0) {
      throw MultipartException.tooLarge("A part is too large.");
    }
    return count;
  }

  void passOver() throws IOException {
    byte[] block = new byte[8192];
    while (read(block, 0, block.length) >= 0) {
      // The limit of the part bounds this.
    }
  }
}
