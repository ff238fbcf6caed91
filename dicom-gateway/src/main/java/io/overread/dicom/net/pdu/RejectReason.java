package io.overread.dicom.net.pdu;

/** Source and reason of an A-ASSOCIATE-RJ, PS3.8 Table 9-21. */
public enum RejectReason {
  /** The user gives none. */
  NO_REASON_GIVEN(1, 1),
  /** The application context is not that of DICOM. */
  APPLICATION_CONTEXT_NAME_NOT_SUPPORTED(1, 2),
  /** The calling AE title is not one we talk to. */
  CALLING_AE_TITLE_NOT_RECOGNIZED(1, 3),
  /** The called AE title is not ours. */
  CALLED_AE_TITLE_NOT_RECOGNIZED(1, 7),
  /** The association control gives none. */
  ACSE_NO_REASON_GIVEN(2, 1),
  /** No common protocol version. */
  PROTOCOL_VERSION_NOT_SUPPORTED(2, 2),
  /** Busy for the moment. */
  TEMPORARY_CONGESTION(3, 1),
  /** As many associations as we allow. */
  LOCAL_LIMIT_EXCEEDED(3, 2),
  /** A source and reason that the standard reserves. */
  RESERVED(0, 0);

  private final int source;
  private final int code;

  RejectReason(int source, int code) {
    this.source = source;
    this.code = code;
  }

  /** 1 service-user, 2 service-provider (ACSE), 3 service-provider (presentation). */
  public int source() {
    return source;
  }

  /** The value of the reason field on the wire, whose meaning depends on the source. */
  public int code() {
    return code;
  }

  /** The reason of that source and code. */
  public static RejectReason of(int source, int code) {
    for (RejectReason reason : values()) {
      if (reason.source == source && reason.code == code) {
        return reason;
      }
    }
    return RESERVED;
  }
}
