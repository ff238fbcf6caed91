package io.overread.gateway.instance;

/** Why an object is malformed. */
public enum Defect {
  /** The bytes are no data set, or end before its elements do. */
  UNREADABLE,
  /** A UID that the object must have is missing or is no UID (PS3.5 9.1). */
  INVALID_UID,
  /** The data set's SOP Class UID is not that of the request. */
  OTHER_SOP_CLASS,
  /** The data set's SOP Instance UID is not that of the request. */
  OTHER_SOP_INSTANCE,
  /** The data set's Study Instance UID is not that of the request. */
  OTHER_STUDY
}
