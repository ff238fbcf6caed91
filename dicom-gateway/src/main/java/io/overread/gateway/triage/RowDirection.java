package io.overread.gateway.triage;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.StoredInstance;
import java.util.List;

/** Where the rows of a projection image run to, by Patient Orientation (PS3.3 C.7.6.1.1.1). */
public enum RowDirection {
  /** To the patient's left: as frontal images are hung. */
  LEFT,
  /** To the patient's right: mirrored, or seen from behind. */
  RIGHT,
  /** Front or back, head or foot, or not stated. */
  OTHER;

  /** Reads the header of a stored instance. */
  public static RowDirection of(StoredInstance instance) {
    DataSet header = StudyHeaders.read(instance.path());
    List<String> orientation = header.strings(Tag.PatientOrientation);
    String rows = orientation.isEmpty() ? "" : orientation.getFirst().strip();
    return rows.startsWith("L") ? LEFT : rows.startsWith("R") ? RIGHT : OTHER;
  }
}
