package io.overread.dicom.net.pdu;

/** Result of an A-ASSOCIATE-RJ, PS3.8 Table 9-21. */
public enum RejectResult {
  /** The same request will be refused again. */
  REJECTED_PERMANENT(1),
  /** The same request may be accepted later. */
  REJECTED_TRANSIENT(2);

  private final int code;

  RejectResult(int code) {
    this.code = code;
  }

  /** The value on the wire. */
  public int code() {
    return code;
  }
}
