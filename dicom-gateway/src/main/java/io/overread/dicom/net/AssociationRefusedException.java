package io.overread.dicom.net;

import io.overread.dicom.net.pdu.RejectResult;
import java.io.IOException;

/** The peer refused the association. */
public final class AssociationRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient AssociationRejection rejection;

  /** With what the peer said. */
  public AssociationRefusedException(AssociationRejection rejection) {
    super("association refused: " + rejection.result() + ", " + rejection.reason());
    this.rejection = rejection;
  }

  /** What the peer said. */
  public AssociationRejection rejection() {
    return rejection;
  }

  /** Whether the peer may accept later. */
  public boolean isTransient() {
    return rejection.result() == RejectResult.REJECTED_TRANSIENT;
  }
}
