package io.overread.dicom.data;

/** How a writer ends sequences and items (PS3.5 7.5). */
public enum LengthEncoding {
  /** As each was read; those that were never read have explicit lengths. */
  AS_READ,
  /** Explicit lengths. */
  EXPLICIT,
  /** Undefined lengths and delimiters. */
  UNDEFINED;

  boolean isUndefined(boolean asRead) {
    return this == UNDEFINED || (this == AS_READ && asRead);
  }
}
