package io.overread.dicom.data;

/** How this implementation names itself in files and associations (PS3.7 D.3.3.2, PS3.10 7.1). */
public final class Implementation {

  /** Implementation Class UID: of the UUID kind (PS3.5 B.2), made once for this toolkit. */
  public static final String CLASS_UID = "2.25.32851305306583510224732291154048311999";

  /** Implementation Version Name: at most 16 characters. */
  public static final String VERSION_NAME = "OVERREAD_1";

  private Implementation() {}
}
