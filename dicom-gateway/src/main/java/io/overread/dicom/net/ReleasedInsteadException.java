package io.overread.dicom.net;

import java.io.IOException;

/** The peer released the association instead of answering; the release is still to be answered. */
final class ReleasedInsteadException extends IOException {
  private static final long serialVersionUID = 1;

  ReleasedInsteadException() {
    super("the peer released the association instead of answering");
  }
}
