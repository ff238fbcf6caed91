package io.overread.dicom.net.pdu;

/** Source and reason of an A-ABORT, PS3.8 Table 9-26. */
public enum AbortReason {
  /** The application aborted. */
  SERVICE_USER(0, 0),
  /** The provider gives no reason. */
  REASON_NOT_SPECIFIED(2, 0),
  /** A PDU of no known type. */
  UNRECOGNIZED_PDU(2, 1),
  /** A PDU that may not come in this state. */
  UNEXPECTED_PDU(2, 2),
  /** A parameter of no known type. */
  UNRECOGNIZED_PDU_PARAMETER(2, 4),
  /** A parameter that may not come here. */
  UNEXPECTED_PDU_PARAMETER(2, 5),
  /** A parameter with a value that is not allowed. */
  INVALID_PDU_PARAMETER_VALUE(2, 6);

  private final int source;
  private final int code;

  AbortReason(int source, int code) {
    this.source = source;
    this.code = code;
  }

  /** 0 service-user, 2 service-provider. */
  public int source() {
    return source;
  }

  /** The value of the reason field on the wire. */
  public int code() {
    return code;
  }

  /** The reason of that source and code; what the standard reserves counts as not specified. */
  public static AbortReason of(int source, int code) {
    for (AbortReason reason : values()) {
      if (reason.source == source && reason.code == code) {
        return reason;
      }
    }
    return source == 0 ? SERVICE_USER : REASON_NOT_SPECIFIED;
  }
}
