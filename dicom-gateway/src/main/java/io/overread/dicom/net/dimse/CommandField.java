package io.overread.dicom.net.dimse;

/** Values of Command Field (0000,0100) that this toolkit knows, PS3.7 E.1. */
public final class CommandField {
  /** C-STORE-RQ. */
  public static final int C_STORE_RQ = 0x0001;

  /** C-ECHO-RQ. */
  public static final int C_ECHO_RQ = 0x0030;

  /** C-CANCEL-RQ, which has no response. */
  public static final int C_CANCEL_RQ = 0x0FFF;

  /** The bit that tells responses from requests. */
  public static final int RESPONSE = 0x8000;

  private CommandField() {}
}
