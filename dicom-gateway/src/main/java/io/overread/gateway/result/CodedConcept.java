package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;

/**
 * A concept as DICOM codes it (PS3.3 8.8).
 *
 * @param value Code Value (0008,0100)
 * @param scheme Coding Scheme Designator (0008,0102)
 * @param meaning Code Meaning (0008,0104)
 */
record CodedConcept(String value, String scheme, String meaning) {

  private static final int LONGEST_VALUE = 16;
  private static final int LONGEST_MEANING = 64;

  /** Of our own scheme, for what no code system names; 99 marks a private one (PS3.3 8.2). */
  static final String PRIVATE_SCHEME = "99OVERREAD";

  static CodedConcept dcm(String value, String meaning) {
    return new CodedConcept(value, "DCM", meaning);
  }

  static CodedConcept sct(String value, String meaning) {
    return new CodedConcept(value, "SCT", meaning);
  }

  static CodedConcept ucum(String value, String meaning) {
    return new CodedConcept(value, "UCUM", meaning);
  }

  /** Schemes by PS3.16 Table 8-1; a system that is not in it makes a private code. */
  static CodedConcept of(Coding coding) {
    String scheme =
        switch (coding.system()) {
          case "http://snomed.info/sct" -> "SCT";
          case "http://loinc.org" -> "LN";
          case "http://radlex.org", "http://www.radlex.org" -> "RADLEX";
          case "http://dicom.nema.org/resources/ontology/DCM" -> "DCM";
          default -> PRIVATE_SCHEME;
        };
    return new CodedConcept(coding.code(), scheme, coding.display());
  }

  /** The item of a code sequence. */
  DataSet item(Repertoire repertoire) {
    DataSet item = repertoire.item();
    item.putString(value.length() > LONGEST_VALUE ? Tag.LongCodeValue : Tag.CodeValue, value);
    item.putString(Tag.CodingSchemeDesignator, scheme);
    item.putString(Tag.CodeMeaning, Repertoire.line(meaning, LONGEST_MEANING));
    return item;
  }
}
