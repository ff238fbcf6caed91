package io.overread.gateway.dicomweb.store;

/** Failure Reason (0008,1197) of the Store Instances Response (PS3.18 I.2.2; codes of PS3.4). */
enum FailureReason {
  /** Refused: Out of Resources. */
  OUT_OF_RESOURCES(0xA700),
  /** Error: Data Set does not match SOP Class, or what the request or the file says of it. */
  DATA_SET_DOES_NOT_MATCH(0xA900),
  /** Error: Cannot understand. */
  CANNOT_UNDERSTAND(0xC000),
  /** Another object is stored under this SOP Instance UID (PS3.7 C.5). */
  DUPLICATE_SOP_INSTANCE(0x0111);

  private final int code;

  FailureReason(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
