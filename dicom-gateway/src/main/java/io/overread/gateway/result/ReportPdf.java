package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.PersonName;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.result.ReportToDeliver.Finding;
import io.overread.gateway.result.ReportToDeliver.Signature;
import java.awt.Color;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

/** The report as people print it. */
final class ReportPdf {

  private static final float TITLE = 17;
  private static final float HEADING = 11.5f;
  private static final float TEXT = 10.5f;
  private static final float SMALL = 8.5f;
  private static final Color WARNING = new Color(176, 0, 32);
  private static final Color SIGNED = new Color(0, 96, 48);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final String NOT_A_DEVICE =
      "Overread is not a medical device. It is not cleared or certified anywhere.";

  private final ResultObject object;
  private final PdfPages pages;

  private ReportPdf(ResultObject object, PdfPages pages) {
    this.object = object;
    this.pages = pages;
  }

  static byte[] of(ResultObject object) throws IOException {
    try (PdfPages pages = new PdfPages()) {
      return new ReportPdf(object, pages).write();
    }
  }

  private byte[] write() throws IOException {
    ReportToDeliver report = object.report();
    information();
    Signature signature = report.signature();
    pages.paragraph("Imaging report", TITLE, Color.BLACK);
    pages.space(4);
    pages.banner(
        signature == null ? "DRAFT - not reviewed. Not for diagnosis." : object.title(),
        signature == null ? WARNING : SIGNED);
    study();
    heading("Report");
    pages.paragraph(report.text(), TEXT, Color.BLACK);
    if (!report.findings().isEmpty()) {
      heading("What the model found");
      for (Finding finding : report.findings()) {
        pages.paragraph(line(finding), TEXT, Color.BLACK);
      }
    }
    if (signature != null) {
      signature(signature);
    }
    small(report);
    return pages.finish(
        (signature == null ? "DRAFT - not reviewed   " : "")
            + "report "
            + report.identity().reportId()
            + ", version "
            + report.identity().version());
  }

  private void information() {
    var information = pages.document().getDocumentInformation();
    information.setTitle(object.title());
    information.setCreator("Overread");
    information.setCreationDate(
        GregorianCalendar.from(object.writtenAt().atZone(TimeZone.getDefault().toZoneId())));
  }

  private void study() throws IOException {
    DataSet header = object.source().header();
    field("Patient", header.personName(Tag.PatientName).map(ReportPdf::shown).orElse(""));
    field("Patient ID", header.string(Tag.PatientID).orElse(""));
    field("Born", header.string(Tag.PatientBirthDate).map(ReportPdf::date).orElse(""));
    field("Sex", header.string(Tag.PatientSex).orElse(""));
    field("Accession number", header.string(Tag.AccessionNumber).orElse(""));
    field("Study", header.string(Tag.StudyDescription).orElse(""));
    field("Study date", header.string(Tag.StudyDate).map(ReportPdf::date).orElse(""));
  }

  /** The letters that the font has, before those that it may lack. */
  private static String shown(PersonName name) {
    return name.alphabetic().isEmpty() ? name.ideographic().display() : name.alphabetic().display();
  }

  private static String date(String date) {
    return date.matches("\\d{8}")
        ? date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6)
        : date;
  }

  private void signature(Signature signature) throws IOException {
    heading("Signature");
    pages.paragraph(
        "Signed by " + signature.name() + ", " + signature.organization(), TEXT, SIGNED);
    pages.paragraph(time(signature.time()), TEXT, SIGNED);
    pages.paragraph(signature.meaning(), TEXT, SIGNED);
  }

  private void small(ReportToDeliver report) throws IOException {
    pages.space(14);
    var model = report.model();
    pages.paragraph(
        "Drafted by the model " + model.name() + " " + model.version() + ".",
        SMALL,
        Color.DARK_GRAY);
    pages.paragraph(
        "This version was made on " + time(report.identity().writtenAt()) + ".",
        SMALL,
        Color.DARK_GRAY);
    pages.paragraph("Model digest " + model.digest(), SMALL, Color.DARK_GRAY);
    pages.paragraph(
        report.signature() == null
            ? "Written by a machine and reviewed by nobody: only a radiologist may act on it."
            : "Drafted by a machine, then read and signed by the person named. The probabilities"
                + " are the model's.",
        SMALL,
        Color.DARK_GRAY);
    pages.paragraph(NOT_A_DEVICE, SMALL, Color.DARK_GRAY);
    if (pages.lacksCharacters()) {
      pages.paragraph(
          "A question mark may stand for a character that this document's font lacks.",
          SMALL,
          WARNING);
    }
  }

  private void heading(String text) throws IOException {
    pages.space(10);
    pages.paragraph(text, HEADING, Color.DARK_GRAY);
    pages.space(2);
  }

  private void field(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      pages.paragraph(name + ": " + value, TEXT, Color.BLACK);
    }
  }

  private static String line(Finding finding) {
    Double probability = finding.score().probability();
    String presence = finding.score().presence().name().toLowerCase(Locale.ROOT);
    return probability == null
        ? finding.name() + ": " + presence + " (the model gives no probability)"
        : String.format(
            Locale.ROOT, "%s: %s (%.0f %%)", finding.name(), presence, probability * 100);
  }

  private String time(Instant at) {
    ZoneId zone = object.zone();
    return TIME.format(at.atZone(zone));
  }
}
