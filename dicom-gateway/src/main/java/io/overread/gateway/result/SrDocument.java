package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.result.ReportToDeliver.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The modules SR Document Series and SR Document General (PS3.3 C.17.1, C.17.2). */
final class SrDocument {

  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneOffset.UTC);

  private SrDocument() {}

  static void describe(DataSet document, ResultObject object) {
    ReportToDeliver report = object.report();
    document.putEmpty(Tag.ReferencedPerformedProcedureStepSequence);
    document.putEmpty(Tag.PerformedProcedureCodeSequence);
    document.putString(Tag.CompletionFlag, "COMPLETE");
    document.putString(
        Tag.PreliminaryFlag, report.identity().event().isSigned() ? "FINAL" : "PRELIMINARY");
    document.putItems(Tag.AuthorObserverSequence, author(object));
    var signature = report.signature();
    document.putString(Tag.VerificationFlag, signature == null ? "UNVERIFIED" : "VERIFIED");
    if (signature != null) {
      document.putItems(Tag.VerifyingObserverSequence, verifier(object, signature));
    }
    document.putItems(Tag.CurrentRequestedProcedureEvidenceSequence, evidence(object));
    var predecessor = object.identity().predecessor();
    if (predecessor != null) {
      document.putItems(Tag.PredecessorDocumentsSequence, predecessor(object, predecessor));
    }
  }

  /** A name as a person writes it, as PN: the last word is taken for the family name. */
  static String personName(String name) {
    String plain = Repertoire.line(name.replace('^', ' ').replace('=', ' '), 64);
    int last = plain.lastIndexOf(' ');
    return last < 0 ? plain : plain.substring(last + 1) + "^" + plain.substring(0, last).strip();
  }

  private static DataSet author(ResultObject object) {
    Producer producer = object.producer();
    DataSet author = object.repertoire().item();
    author.putString(Tag.ObserverType, "DEV");
    author.putEmpty(Tag.InstitutionName);
    author.putEmpty(Tag.InstitutionCodeSequence);
    author.putString(Tag.DeviceUID, producer.deviceUid());
    author.putString(Tag.Manufacturer, producer.manufacturer());
    author.putString(Tag.ManufacturerModelName, producer.modelName());
    author.putEmpty(Tag.StationName);
    return author;
  }

  private static DataSet verifier(ResultObject object, Signature signature) {
    DataSet verifier = object.repertoire().item();
    verifier.putString(Tag.VerifyingObserverName, personName(signature.name()));
    verifier.putEmpty(Tag.VerifyingObserverIdentificationCodeSequence);
    verifier.putString(Tag.VerifyingOrganization, Repertoire.line(signature.organization(), 64));
    verifier.putString(Tag.VerificationDateTime, dateTime(signature.time()));
    return verifier;
  }

  private static String dateTime(Instant at) {
    return DATE_TIME.format(at);
  }

  /** Every image that is referred to, by its series (PS3.3 C.17.2.3). */
  private static DataSet evidence(ResultObject object) {
    Repertoire repertoire = object.repertoire();
    Map<String, List<DataSet>> bySeries = new LinkedHashMap<>();
    for (SourceStudy.Image image : object.source().images()) {
      bySeries
          .computeIfAbsent(image.seriesInstanceUid(), _ -> new ArrayList<>())
          .add(image.reference(repertoire));
    }
    List<DataSet> series = new ArrayList<>();
    bySeries.forEach((uid, references) -> series.add(series(repertoire, uid, references)));
    return study(object, series);
  }

  private static DataSet predecessor(ResultObject object, String sopInstanceUid) {
    DataSet reference =
        object
            .repertoire()
            .item()
            .putString(Tag.ReferencedSOPClassUID, object.identity().kind().sopClassUid())
            .putString(Tag.ReferencedSOPInstanceUID, sopInstanceUid);
    return study(
        object,
        List.of(
            series(
                object.repertoire(), object.identity().seriesInstanceUid(), List.of(reference))));
  }

  private static DataSet series(
      Repertoire repertoire, String seriesInstanceUid, List<DataSet> references) {
    return repertoire
        .item()
        .putString(Tag.SeriesInstanceUID, seriesInstanceUid)
        .putItems(Tag.ReferencedSOPSequence, references.toArray(DataSet[]::new));
  }

  private static DataSet study(ResultObject object, List<DataSet> series) {
    return object
        .repertoire()
        .item()
        .putString(Tag.StudyInstanceUID, object.report().identity().studyInstanceUid())
        .putItems(Tag.ReferencedSeriesSequence, series.toArray(DataSet[]::new));
  }
}
