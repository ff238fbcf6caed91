package io.overread.gateway.priors;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.WireText;
import io.overread.gateway.study.PatientAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A study that an archive has.
 *
 * @param studyDate Study Date (0008,0020), YYYYMMDD
 * @param modalities of its series, as far as the archive tells
 * @param bodyParts Body Part Examined (0018,0015) of its series, as far as the archive tells
 * @param description Study Description (0008,1030), or nothing
 */
record Candidate(
    String studyInstanceUid,
    String studyDate,
    List<String> modalities,
    List<String> bodyParts,
    String description) {

  /** The same with what its series say. */
  Candidate with(List<String> seriesModalities, List<String> seriesBodyParts) {
    return new Candidate(
        studyInstanceUid,
        studyDate,
        modalities.isEmpty() ? List.copyOf(seriesModalities) : modalities,
        List.copyOf(seriesBodyParts),
        description);
  }

  /**
   * A match of a query, if it is what was asked for: archives ignore keys at will, and a prior of
   * another patient is worse than none.
   */
  static Optional<Candidate> of(DataSet match, SoughtPriors sought) {
    Optional<String> uid = match.string(Tag.StudyInstanceUID).filter(WireText::isUid);
    String date = match.string(Tag.StudyDate).orElse("");
    PatientAttributes patient = sought.patient();
    boolean samePatient =
        Objects.equals(match.string(Tag.PatientID).orElse(null), patient.patientId())
            && agrees(match, Tag.IssuerOfPatientID, patient.issuerOfPatientId())
            && agrees(match, Tag.PatientBirthDate, patient.patientBirthDate())
            && agrees(match, Tag.PatientSex, patient.patientSex());
    return samePatient
            && uid.isPresent()
            && !uid.get().equals(sought.studyInstanceUid())
            && sought.isWithin(date)
        ? Optional.of(
            new Candidate(
                uid.get(),
                date,
                match.strings(Tag.ModalitiesInStudy).stream()
                    .filter(modality -> !modality.isEmpty())
                    .toList(),
                List.of(),
                match.string(Tag.StudyDescription).orElse("")))
        : Optional.empty();
  }

  /** How much it is like the study that is read: same modality first, then same body part. */
  int likeness(SoughtPriors sought) {
    boolean modality = modalities.stream().anyMatch(sought.modalities()::contains);
    String words = description.toUpperCase(Locale.ROOT);
    boolean bodyPart =
        sought.bodyParts().stream()
            .anyMatch(part -> bodyParts.contains(part) || words.contains(part));
    return (modality ? 2 : 0) + (bodyPart ? 1 : 0);
  }

  private static boolean agrees(DataSet match, int tag, @Nullable String ours) {
    String theirs = match.string(tag).orElse(null);
    return theirs == null || ours == null || theirs.equals(ours);
  }
}
