package io.overread.dicom.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Inflates a Deflated Explicit VR Little Endian data set (PS3.5 A.5: RFC 1951, without a header).
 */
final class DeflatedDataSet extends InflaterInputStream {

  private static final int BUFFER = 8192;

  DeflatedDataSet(InputStream in) {
    super(in, new Inflater(true), BUFFER);
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      inf.end();
    }
  }
}
