package io.overread.dicom.net.pdu;

/** A peer sent something that is not a valid PDU. */
public final class InvalidPduException extends Exception {
  private static final long serialVersionUID = 1;

  private final AbortReason reason;

  /** With what the peer is to be told, and what was wrong. */
  public InvalidPduException(AbortReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What the peer is to be told. */
  public AbortReason reason() {
    return reason;
  }
}
