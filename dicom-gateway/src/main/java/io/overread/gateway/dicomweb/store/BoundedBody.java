package io.overread.gateway.dicomweb.store;

import io.overread.gateway.dicomweb.DicomwebProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that may be so long and no longer. */
final class BoundedBody extends FilterInputStream {

  private long left;

  BoundedBody(InputStream in, long limit) {
    super(in);
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    taken(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    taken(Math.max(count, 0));
    return count;
  }

  private void taken(int count) {
    left -= count;
    if (left < 0) {
      throw DicomwebProblem.tooLarge("The instance is too large.");
    }
  }
}
