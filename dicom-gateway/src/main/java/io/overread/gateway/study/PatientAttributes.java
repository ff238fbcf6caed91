package io.overread.gateway.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The patient of a study as its first instance named them (PS3.3 C.7.1.1), decoded to Unicode.
 *
 * @param patientId Patient ID (0010,0020)
 * @param issuerOfPatientId Issuer of Patient ID (0010,0021)
 * @param patientName Patient's Name (0010,0010) in the form of PS3.5 6.2 PN
 * @param patientBirthDate Patient's Birth Date (0010,0030), YYYYMMDD
 * @param patientSex Patient's Sex (0010,0040)
 */
public record PatientAttributes(
    @Nullable String patientId,
    @Nullable String issuerOfPatientId,
    @Nullable String patientName,
    @Nullable String patientBirthDate,
    @Nullable String patientSex) {

  /**
   * The keywords of the attributes in which both have a value and the values differ. Names are
   * compared without case and trailing empty components, which senders pad at will (PS3.5 6.2.1).
   */
  public List<String> conflictsWith(PatientAttributes other) {
    List<String> conflicts = new ArrayList<>();
    compare(conflicts, "PatientID", patientId, other.patientId);
    compare(conflicts, "IssuerOfPatientID", issuerOfPatientId, other.issuerOfPatientId);
    compare(conflicts, "PatientName", plain(patientName), plain(other.patientName));
    compare(conflicts, "PatientBirthDate", patientBirthDate, other.patientBirthDate);
    compare(conflicts, "PatientSex", patientSex, other.patientSex);
    return List.copyOf(conflicts);
  }

  private static void compare(
      List<String> conflicts, String keyword, @Nullable String mine, @Nullable String theirs) {
    if (mine != null && theirs != null && !Objects.equals(mine, theirs)) {
      conflicts.add(keyword);
    }
  }

  private static @Nullable String plain(@Nullable String name) {
    return name == null ? null : name.replaceAll("[\\^= ]+$", "").toUpperCase(Locale.ROOT);
  }
}
