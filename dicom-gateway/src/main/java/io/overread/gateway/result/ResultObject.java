package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What the objects of a report have in common while they are made. */
final class ResultObject {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss");

  private final ReportToDeliver report;
  private final ResultIdentity identity;
  private final SourceStudy source;
  private final Repertoire repertoire;
  private final Producer producer;

  ResultObject(ReportToDeliver report, ResultIdentity identity, SourceStudy source) {
    this.report = report;
    this.identity = identity;
    this.source = source;
    this.repertoire = Repertoire.of(source.header().characterSet(), List.of(texts(report)));
    this.producer = new Producer(report.model());
  }

  ReportToDeliver report() {
    return report;
  }

  ResultIdentity identity() {
    return identity;
  }

  SourceStudy source() {
    return source;
  }

  Repertoire repertoire() {
    return repertoire;
  }

  Producer producer() {
    return producer;
  }

  Instant writtenAt() {
    return report.identity().writtenAt();
  }

  ZoneId zone() {
    return source.zone();
  }

  /** Patient, study, series, equipment and SOP Common; the rest is each kind's own. */
  DataSet begin() {
    DataSet object = source.newObject(repertoire);
    ResultKind kind = identity.kind();
    object.putString(Tag.SOPClassUID, kind.sopClassUid());
    object.putString(Tag.SOPInstanceUID, identity.sopInstanceUid());
    object.putString(Tag.SeriesInstanceUID, identity.seriesInstanceUid());
    object.putString(Tag.Modality, kind.modality());
    object.putInteger(Tag.SeriesNumber, kind.seriesNumber());
    object.putInteger(Tag.InstanceNumber, report.identity().version());
    object.putString(Tag.SeriesDescription, Repertoire.line(title(), 64));
    putDateTime(object, Tag.InstanceCreationDate, Tag.InstanceCreationTime);
    putDateTime(object, Tag.ContentDate, Tag.ContentTime);
    producer.describeIn(object);
    producer.contributeTo(object, repertoire, writtenAt());
    return object;
  }

  void putDateTime(DataSet object, int dateTag, int timeTag) {
    var at = writtenAt().atZone(zone());
    object.putString(dateTag, DATE.format(at));
    object.putString(timeTag, TIME.format(at));
  }

  /** What it is and whether anybody has reviewed it. */
  String title() {
    return switch (report.identity().event()) {
      case DRAFT -> "AI draft report, not reviewed";
      case SIGNATURE -> "Report, signed";
      case AMENDMENT -> "Report, amended and signed";
    };
  }

  private static String texts(ReportToDeliver report) {
    StringBuilder texts = new StringBuilder(report.text()).append(report.procedure().display());
    for (ReportToDeliver.Finding finding : report.findings()) {
      texts.append(finding.name()).append(finding.score().sentence());
    }
    var signature = report.signature();
    if (signature != null) {
      texts.append(signature.name()).append(signature.meaning()).append(signature.organization());
    }
    return texts.toString();
  }
}
