package io.overread.dicom.data;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Leaves the stream beneath open. */
final class UnclosedInputStream extends FilterInputStream {

  UnclosedInputStream(InputStream in) {
    super(in);
  }

  @Override
  public void close() {}
}
