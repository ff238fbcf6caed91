package io.overread.gateway.priors;

import io.overread.gateway.study.PatientAttributes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whose priors are sought.
 *
 * @param studyInstanceUid the study that is read
 * @param patient of which the Patient ID is known and no wildcard
 * @param modalities of its series
 * @param bodyParts Body Part Examined of its series
 * @param from the first Study Date of a prior, YYYYMMDD
 * @param to the last
 */
record SoughtPriors(
    String studyInstanceUid,
    PatientAttributes patient,
    Set<String> modalities,
    Set<String> bodyParts,
    String from,
    String to) {

  private static final Pattern DATE = Pattern.compile("[0-9]{8}");

  /** A key that would ask for other patients too (PS3.4 C.2.2.2.4, and the value separator). */
  private static final Pattern NOT_ONE_PATIENT = Pattern.compile(".*[*?\\\\].*");

  /** Copies the sets. */
  SoughtPriors {
    modalities = Set.copyOf(modalities);
    bodyParts = Set.copyOf(bodyParts);
  }

  /** Empty where the study doesn't say whose it is. */
  static Optional<SoughtPriors> of(SearchTable.Current study, int years, LocalDate today) {
    String patientId = study.patient().patientId();
    if (patientId == null || NOT_ONE_PATIENT.matcher(patientId).matches()) {
      return Optional.empty();
    }
    LocalDate date = date(study.studyDate()).orElse(today);
    return Optional.of(
        new SoughtPriors(
            study.studyInstanceUid(),
            study.patient(),
            study.modalities(),
            study.bodyParts(),
            date.minusYears(years).format(DateTimeFormatter.BASIC_ISO_DATE),
            date.format(DateTimeFormatter.BASIC_ISO_DATE)));
  }

  boolean isWithin(String studyDate) {
    return DATE.matcher(studyDate).matches()
        && studyDate.compareTo(from) >= 0
        && studyDate.compareTo(to) <= 0;
  }

  private static Optional<LocalDate> date(@org.jspecify.annotations.Nullable String studyDate) {
    try {
      return studyDate == null
          ? Optional.empty()
          : Optional.of(LocalDate.parse(studyDate, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
