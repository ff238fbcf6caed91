package io.overread.gateway.query;

import io.overread.dicom.dictionary.Tag;
import java.util.Arrays;
import java.util.Optional;

/** The levels of the Query/Retrieve Information Models, PS3.4 C.6.1.1, the widest first. */
enum QueryLevel {
  PATIENT(Tag.PatientID),
  STUDY(Tag.StudyInstanceUID),
  SERIES(Tag.SeriesInstanceUID),
  IMAGE(Tag.SOPInstanceUID);

  private final int uniqueKey;

  QueryLevel(int uniqueKey) {
    this.uniqueKey = uniqueKey;
  }

  /** Its Unique Key. */
  int uniqueKey() {
    return uniqueKey;
  }

  static Optional<QueryLevel> of(String value) {
    return Arrays.stream(values()).filter(level -> level.name().equals(value)).findFirst();
  }
}
