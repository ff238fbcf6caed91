package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;

/** The report's document as an object (PS3.3 A.45.1, C.24). */
final class EncapsulatedReport {

  private static final CodedConcept REPORT =
      new CodedConcept("18748-4", "LN", "Diagnostic imaging study");

  private EncapsulatedReport() {}

  static DataSet of(ResultObject object) throws IOException {
    DataSet document = object.begin();
    byte[] pdf = ReportPdf.of(object);
    document.putString(Tag.ConversionType, "WSD");
    document.putEmpty(Tag.AcquisitionDateTime);
    document.putString(Tag.BurnedInAnnotation, "YES");
    document.putString(Tag.DocumentTitle, object.title());
    document.putItems(Tag.ConceptNameCodeSequence, REPORT.item(object.repertoire()));
    document.putString(
        Tag.VerificationFlag,
        object.report().identity().event().isSigned() ? "VERIFIED" : "UNVERIFIED");
    document.putItems(
        Tag.SourceInstanceSequence,
        object.source().images().stream()
            .map(image -> image.reference(object.repertoire()))
            .toArray(DataSet[]::new));
    document.putString(Tag.MIMETypeOfEncapsulatedDocument, "application/pdf");
    document.putBytes(Tag.EncapsulatedDocument, Vr.OB, pdf);
    document.putInteger(Tag.EncapsulatedDocumentLength, pdf.length);
    return document;
  }
}
