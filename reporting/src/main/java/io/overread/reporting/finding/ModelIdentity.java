package io.overread.reporting.finding;

/**
 * Which model read the study.
 *
 * @param name its name
 * @param version its version
 * @param digest SHA-256 over its files, hex
 */
public record ModelIdentity(String name, String version, String digest) {
  /** Refuses a model that can't be told from another. */
  public ModelIdentity {
    if (name.isBlank() || version.isBlank() || digest.isBlank()) {
      throw new IllegalArgumentException("A model has a name, a version and a digest");
    }
  }
}
