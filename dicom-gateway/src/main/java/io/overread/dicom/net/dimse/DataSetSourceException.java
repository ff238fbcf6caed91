package io.overread.dicom.net.dimse;

import java.io.IOException;

/** The data set to send could not be read. */
public final class DataSetSourceException extends Exception {
  private static final long serialVersionUID = 1;

  DataSetSourceException(IOException cause) {
    super(cause);
  }
}
