package io.overread.dicom.net.dimse;

/** Values of Command Field (0000,0100) that this toolkit knows, PS3.7 E.1. */
public final class CommandField {
  /** C-STORE-RQ. */
  public static final int C_STORE_RQ = 0x0001;

  /** C-GET-RQ. */
  public static final int C_GET_RQ = 0x0010;

  /** C-FIND-RQ. */
  public static final int C_FIND_RQ = 0x0020;

  /** C-MOVE-RQ. */
  public static final int C_MOVE_RQ = 0x0021;

  /** C-ECHO-RQ. */
  public static final int C_ECHO_RQ = 0x0030;

  /** N-EVENT-REPORT-RQ. */
  public static final int N_EVENT_REPORT_RQ = 0x0100;

  /** N-SET-RQ. */
  public static final int N_SET_RQ = 0x0120;

  /** N-ACTION-RQ. */
  public static final int N_ACTION_RQ = 0x0130;

  /** N-CREATE-RQ. */
  public static final int N_CREATE_RQ = 0x0140;

  /** C-CANCEL-RQ, which has no response. */
  public static final int C_CANCEL_RQ = 0x0FFF;

  /** The bit that tells responses from requests. */
  public static final int RESPONSE = 0x8000;

  private CommandField() {}
}
