package io.overread.gateway.dicomweb;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks UIDs of a request's path and query (PS3.5 9.1) before anything is asked with them. */
public final class Uids {

  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)*");
  private static final int LONGEST = 64;

  private Uids() {}

  /** Whether this is a UID. */
  public static boolean isUid(String text) {
    return text.length() <= LONGEST && UID.matcher(text).matches();
  }

  /**
   * The UID itself.
   *
   * @throws DicomwebProblem 400 if it is none
   */
  public static String require(String name, @Nullable String text) {
    if (text == null || !isUid(text)) {
      throw DicomwebProblem.badRequest("The " + name + " is no DICOM UID.");
    }
    return text;
  }
}
