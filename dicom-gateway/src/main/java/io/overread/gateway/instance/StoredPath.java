package io.overread.gateway.instance;

import java.util.regex.Pattern;

/**
 * A path relative to the data folder, made from a digest.
 *
 * @param place the folder
 * @param digest SHA-256 of the file, 64 lower-case hexadecimal digits
 */
public record StoredPath(Place place, String digest) {

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /** The folders under which files are kept. */
  public enum Place {
    /** Instances with a row. */
    STORE("store"),
    /** What was refused. */
    QUARANTINE("quarantine"),
    /** What we made of reports. */
    RESULTS("results");

    private final String folder;

    Place(String folder) {
      this.folder = folder;
    }
  }

  /** Takes nothing but a digest: whatever else is given can't become a path. */
  public StoredPath {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("not a SHA-256 digest in hexadecimal digits");
    }
  }

  /** The place of a stored instance. */
  public static StoredPath inStore(String digest) {
    return new StoredPath(Place.STORE, digest);
  }

  /** The place of a refused one. */
  public static StoredPath inQuarantine(String digest) {
    return new StoredPath(Place.QUARANTINE, digest);
  }

  /** The place of an object that we made. */
  public static StoredPath inResults(String digest) {
    return new StoredPath(Place.RESULTS, digest);
  }

  /** Such as {@code store/4e/4e...1a.dcm}; the first two digits keep folders small. */
  public String relative() {
    return place.folder + "/" + digest.substring(0, 2) + "/" + digest + ".dcm";
  }
}
