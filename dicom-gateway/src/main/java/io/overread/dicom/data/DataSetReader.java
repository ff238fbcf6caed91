package io.overread.dicom.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads a data set from a stream (PS3.5 7). For files see {@link DicomFile}. */
public final class DataSetReader {

  /** Every pixel data element, and what may follow it, is at or above this tag. */
  public static final int PIXEL_DATA_GROUP = 0x7FE0_0000;

  /** Above every tag. */
  static final int NO_TAG = 0xFFFF_FFFF;

  private final ReadLimits limits;

  public DataSetReader(ReadLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads to the stream's end. Values too long for memory are {@link PassedOver}.
   *
   * @throws DicomFormatException if the bytes are not such a data set or exceed a limit
   */
  public DataSet read(InputStream in, TransferSyntax transferSyntax) throws IOException {
    return readBefore(in, transferSyntax, NO_TAG);
  }

  /**
   * Reads up to a tag, or to the stream's end. Little more of the stream is taken than a buffer's
   * length after the last element; the stream stays open.
   *
   * @param stopTag the first tag of no interest, such as {@link #PIXEL_DATA_GROUP}
   * @throws DicomFormatException if the bytes are not such a data set or exceed a limit
   */
  public DataSet readBefore(InputStream in, TransferSyntax transferSyntax, int stopTag)
      throws IOException {
    if (!transferSyntax.deflated()) {
      DicomInput input = new DicomInput(in, 0, DicomInput.UNKNOWN_END);
      return parse(input, transferSyntax, ValueReader.ofStream(limits), limits, stopTag);
    }
    // Closing gives the inflater's memory back; the caller's stream is not ours to close.
    try (DeflatedDataSet inflated = new DeflatedDataSet(new UnclosedInputStream(in))) {
      DicomInput input = DicomInput.inflated(inflated, limits);
      return parse(input, transferSyntax, ValueReader.ofStream(limits), limits, stopTag);
    }
  }

  static DataSet parse(
      DicomInput input,
      TransferSyntax transferSyntax,
      ValueReader values,
      ReadLimits limits,
      int stopTag)
      throws IOException {
    TransferSyntax actual = TransferSyntaxDetection.correct(transferSyntax, input);
    return new DataSetParser(input, actual, values, limits).parse(stopTag);
  }
}
