package io.overread.dicom.net.dimse;

import java.io.IOException;

/** The data set to send could not be read. */
public final class DataSetSourceException extends IOException {
  private static final long serialVersionUID = 1;

  /** With why. */
  public DataSetSourceException(IOException cause) {
    super("the data set to send could not be read", cause);
  }
}
