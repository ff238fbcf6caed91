package io.overread.gateway.study;

import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.rule.AttributePath;
import io.overread.gateway.rule.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tables hold of a study and one of its series, as the attributes that conditions name:
 * PatientID, PatientSex, AccessionNumber, StudyDescription, ReferringPhysicianName, Modality,
 * SeriesNumber, SeriesDescription, BodyPartExamined, Laterality, ViewPosition, Manufacturer and
 * ManufacturerModelName. Others have no value.
 */
record StudyFacts(Map<Integer, String> values) implements Attributes {

  static StudyFacts of(Study study, Series series) {
    Map<Integer, @Nullable String> values = new HashMap<>();
    values.put(Tag.PatientID, study.patient().patientId());
    values.put(Tag.PatientSex, study.patient().patientSex());
    values.put(Tag.AccessionNumber, study.attributes().accessionNumber());
    values.put(Tag.StudyDescription, study.attributes().studyDescription());
    values.put(Tag.ReferringPhysicianName, study.attributes().referringPhysicianName());
    SeriesAttributes attributes = series.attributes();
    values.put(Tag.Modality, attributes.modality());
    Integer number = attributes.seriesNumber();
    values.put(Tag.SeriesNumber, number == null ? null : number.toString());
    values.put(Tag.SeriesDescription, attributes.seriesDescription());
    values.put(Tag.BodyPartExamined, attributes.anatomy().bodyPartExamined());
    values.put(Tag.Laterality, attributes.anatomy().laterality());
    values.put(Tag.ViewPosition, attributes.anatomy().viewPosition());
    values.put(Tag.Manufacturer, attributes.equipment().manufacturer());
    values.put(Tag.ManufacturerModelName, attributes.equipment().manufacturerModelName());
    Map<Integer, String> present = new HashMap<>();
    values.forEach(
        (tag, value) -> {
          if (value != null && !value.isBlank()) {
            present.put(tag, value);
          }
        });
    return new StudyFacts(Map.copyOf(present));
  }

  @Override
  public List<String> values(AttributePath path) {
    String value = path.tags().size() == 1 ? values.get(path.last()) : null;
    return value == null ? List.of() : List.of(value);
  }
}
