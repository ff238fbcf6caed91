package io.overread.reporting.fhir;

import io.overread.reporting.finding.ConceptCode;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** The code systems and identifier systems that our resources speak. */
final class Terms {
  static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  static final String SNOMED = "http://snomed.info/sct";
  static final String DICOM_UID = "urn:dicom:uid";
  static final String URI = "urn:ietf:rfc:3986";
  static final String OID = "urn:oid:";
  private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

  private Terms() {}

  /** A code of HL7's terminology, by the last part of its system. */
  static Coding hl7(String system, String code, String display) {
    return new Coding(HL7 + system, code, display);
  }

  /**
   * Artificial Intelligence asserted: HL7's label of what no person has vouched for (AI
   * Transparency on FHIR). HL7 added the code to its terminology after R4, so a validator that
   * holds only what came with R4 doesn't know it.
   */
  static Coding aiAsserted() {
    return hl7("v3-ObservationValue", "AIAST", "Artificial Intelligence asserted");
  }

  static void label(Meta meta, boolean aiAsserted) {
    if (aiAsserted) {
      meta.addSecurity(aiAsserted());
    }
  }

  static CodeableConcept concept(Coding coding) {
    return new CodeableConcept(coding);
  }

  static CodeableConcept concept(List<ConceptCode> codes, String text) {
    var concept = new CodeableConcept().setText(text);
    codes.forEach(
        code -> concept.addCoding(new Coding(code.system(), code.code(), code.display())));
    return concept;
  }

  /** A DICOM UID as an identifier (R4 ImagingStudy 5.4). */
  static Identifier uid(String uid) {
    return new Identifier().setSystem(DICOM_UID).setValue(OID + uid);
  }

  /** An accession number; its issuer is not known, so it has no system. */
  static Identifier accession(String number) {
    return new Identifier()
        .setType(concept(hl7("v2-0203", "ACSN", "Accession ID")))
        .setValue(number);
  }

  /** The order behind a study, known by its accession number only. */
  static Reference order(String accessionNumber) {
    return new Reference().setType("ServiceRequest").setIdentifier(accession(accessionNumber));
  }

  static Reference to(String type, String id) {
    return new Reference(type + "/" + id);
  }

  static boolean isPresent(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
