package io.overread.dicom.net.pdu;

import org.jspecify.annotations.Nullable;

/**
 * The implementation that speaks for one side of an association, PS3.7 D.3.3.2.
 *
 * @param classUid Implementation Class UID; empty where the side, against the standard, tells none
 * @param versionName Implementation Version Name of at most 16 characters, if the side tells one
 */
public record Implementation(String classUid, @Nullable String versionName) {
  /** What Overread says of itself. */
  public static final Implementation OVERREAD =
      new Implementation(
          io.overread.dicom.data.Implementation.CLASS_UID,
          io.overread.dicom.data.Implementation.VERSION_NAME);

  /** Checks both. */
  public Implementation {
    if (!classUid.isEmpty()) {
      WireText.requireUid(classUid, "implementation class UID");
    }
    if (versionName != null && !WireText.isPrintable(versionName)) {
      throw new IllegalArgumentException("implementation version name is not printable");
    }
  }
}
