package io.overread.reporting.finding;

/**
 * A concept in a code system, FHIR's Coding.
 *
 * @param system the code system's URI, such as {@code http://snomed.info/sct}
 * @param code the code in it
 * @param display how it reads
 */
public record ConceptCode(String system, String code, String display) {
  /** Refuses what FHIR R4 does not allow as uri, code or string. */
  public ConceptCode {
    if (system.isBlank() || system.length() > 256 || system.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("Not a code system: " + system);
    }
    if (!code.matches("[^\\s]+(\\s[^\\s]+)*") || code.length() > 256) {
      throw new IllegalArgumentException("Not a code: " + code);
    }
    if (display.isBlank() || display.length() > 1024) {
      throw new IllegalArgumentException("Not a display of " + code);
    }
  }
}
