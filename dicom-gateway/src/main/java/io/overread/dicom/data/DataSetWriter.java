package io.overread.dicom.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes data sets (PS3.5 7). Group lengths (gggg,0000) are computed wherever the data set has such
 * an element; its value is not looked at.
 */
public final class DataSetWriter {

  private final LengthEncoding lengthEncoding;

  public DataSetWriter(LengthEncoding lengthEncoding) {
    this.lengthEncoding = lengthEncoding;
  }

  /**
   * Writes all elements; the stream is flushed and stays open.
   *
   * @throws IOException also if a value's file is gone or shorter, or a value was passed over
   */
  public void write(DataSet dataSet, TransferSyntax transferSyntax, OutputStream out)
      throws IOException {
    if (transferSyntax.deflated()) {
      deflate(dataSet, transferSyntax, out);
      return;
    }
    BufferedOutputStream buffered = new BufferedOutputStream(out);
    Encoding encoding = Encoding.of(transferSyntax);
    new DataSetEncoder(buffered, new EncodedLength(lengthEncoding)).write(dataSet, encoding);
    buffered.flush();
  }

  private void deflate(DataSet dataSet, TransferSyntax transferSyntax, OutputStream out)
      throws IOException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater);
      BufferedOutputStream buffered = new BufferedOutputStream(deflated);
      Encoding encoding = Encoding.of(transferSyntax);
      new DataSetEncoder(buffered, new EncodedLength(lengthEncoding)).write(dataSet, encoding);
      buffered.flush();
      deflated.finish();
      if (deflater.getBytesWritten() % 2 != 0) {
        out.write(0); // PS3.5 A.5: the deflated stream is padded to even length.
      }
      out.flush();
    } finally {
      deflater.end();
    }
  }
}
