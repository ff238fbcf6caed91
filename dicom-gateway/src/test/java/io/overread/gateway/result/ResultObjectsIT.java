package io.overread.gateway.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.PeerTools;
import io.overread.gateway.Sample;
import io.overread.gateway.TestGateway;
import io.overread.gateway.instance.ResultFiles;
import io.overread.gateway.result.ReportToDeliver.Identity;
import io.overread.gateway.result.ReportToDeliver.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultObjectsIT {

  @TempDir Path home;
  private TestGateway gateway;
  private ResultObjects objects;
  private ResultFiles files;

  @BeforeEach
  void start() {
    gateway = new TestGateway(home, study -> {});
    objects = new ResultObjects(gateway.instances);
    files = new ResultFiles(gateway.folder);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(ResultKind.class)
  void each_object_of_a_draft_passes_dciodvfy(ResultKind kind) throws Exception {
    Sample image = received(Sample.of(7, 1));
    verify(draft(image), kind, null);
  }

  @ParameterizedTest
  @EnumSource(ResultKind.class)
  void each_object_of_an_amendment_passes_dciodvfy(ResultKind kind) throws Exception {
    Sample image = received(Sample.of(7, 1));
    verify(signed(image, ReportEvent.AMENDMENT, 5), kind, 3);
  }

  @Test
  void a_report_without_findings_is_a_report_too() throws Exception {
    Sample image = received(Sample.of(7, 1));
    ReportToDeliver report =
        ReportSample.report(
            image.studyInstanceUid(), ReportEvent.DRAFT, 1, List.of(), "Nothing to say.", null);
    for (ResultKind kind : ResultKind.values()) {
      verify(report, kind, null);
    }
  }

  @Test
  void a_draft_is_unverified_and_a_signed_report_names_who_verified_it() throws Exception {
    Sample image = received(Sample.of(7, 1));
    DataSet draft = build(draft(image), ResultKind.SR, null);
    DataSet signed = build(signed(image, ReportEvent.SIGNATURE, 3), ResultKind.SR, null);
    assertEquals("UNVERIFIED", draft.string(Tag.VerificationFlag).orElseThrow());
    assertEquals("PRELIMINARY", draft.string(Tag.PreliminaryFlag).orElseThrow());
    assertTrue(draft.items(Tag.VerifyingObserverSequence).isEmpty());
    assertEquals("VERIFIED", signed.string(Tag.VerificationFlag).orElseThrow());
    DataSet verifier = signed.item(Tag.VerifyingObserverSequence).orElseThrow();
    assertEquals("Radler^Rosa", verifier.string(Tag.VerifyingObserverName).orElseThrow());
    assertNotEquals(draft.string(Tag.SOPInstanceUID), signed.string(Tag.SOPInstanceUID));
    assertEquals(draft.string(Tag.SeriesInstanceUID), signed.string(Tag.SeriesInstanceUID));
  }

  @Test
  void an_amendment_names_the_document_that_it_takes_the_place_of() throws Exception {
    Sample image = received(Sample.of(7, 1));
    ReportToDeliver before = signed(image, ReportEvent.SIGNATURE, 3);
    DataSet amended = build(signed(image, ReportEvent.AMENDMENT, 5), ResultKind.SR, 3);
    DataSet reference =
        amended
            .item(Tag.PredecessorDocumentsSequence)
            .flatMap(study -> study.item(Tag.ReferencedSeriesSequence))
            .flatMap(series -> series.item(Tag.ReferencedSOPSequence))
            .orElseThrow();
    assertEquals(
        ResultIdentity.of(before.identity(), ResultKind.SR, null).sopInstanceUid(),
        reference.string(Tag.ReferencedSOPInstanceUID).orElseThrow());
  }

  @Test
  void every_finding_is_a_measurement_group_with_its_region_where_it_has_one() throws Exception {
    Sample image = received(Sample.of(7, 1));
    DataSet report = build(draft(image), ResultKind.SR, null);
    DataSet measurements =
        report.items(Tag.ContentSequence).stream()
            .filter(item -> concept(item).equals("126010"))
            .findFirst()
            .orElseThrow();
    List<DataSet> groups = measurements.items(Tag.ContentSequence);
    assertEquals(List.of("1410", "1501", "1501"), groups.stream().map(this::template).toList());
    List<DataSet> first = groups.getFirst().items(Tag.ContentSequence);
    DataSet region =
        first.stream().filter(item -> concept(item).equals("111030")).findFirst().orElseThrow();
    assertEquals(10, region.decimals(Tag.GraphicData).length);
    DataSet certainty =
        first.stream().filter(item -> concept(item).equals("111012")).findFirst().orElseThrow();
    assertEquals(
        83.12,
        certainty.item(Tag.MeasuredValueSequence).orElseThrow().decimal(Tag.NumericValue).orElse(0),
        1e-9);
    assertEquals(
        List.of("Scored beside it by another model."),
        groups.stream()
            .flatMap(group -> group.items(Tag.ContentSequence).stream())
            .filter(item -> concept(item).equals("111002"))
            .map(item -> item.string(Tag.TextValue).orElse(""))
            .toList());
  }

  @Test
  void another_model_is_another_device() throws Exception {
    Sample image = received(Sample.of(7, 1));
    ReportToDeliver one = draft(image);
    Model changed = new Model(one.model().name(), one.model().version(), "cd".repeat(32));
    ReportToDeliver other =
        new ReportToDeliver(
            one.identity(), one.procedure(), one.text(), one.findings(), changed, null);
    assertEquals(device(build(one, ResultKind.SR, null)), device(build(one, ResultKind.PDF, null)));
    assertNotEquals(
        device(build(one, ResultKind.SR, null)), device(build(other, ResultKind.SR, null)));
  }

  @Test
  void the_patient_is_taken_over_byte_for_byte_in_the_study_s_character_set() throws Exception {
    Sample image =
        received(
            Sample.of(7, 1)
                .with(Tag.PatientName, "Doe^Jane")
                .with(Tag.SpecificCharacterSet, "ISO_IR 144")
                .with(Tag.PatientName, "Люкceмбypг"));
    DataSet report = build(draft(image), ResultKind.SR, null);
    assertEquals("ISO_IR 144", report.string(Tag.SpecificCharacterSet).orElseThrow());
    assertEquals("Люкceмбypг", report.string(Tag.PatientName).orElseThrow());
  }

  @Test
  void a_text_beyond_the_study_s_character_set_makes_the_object_utf_8() throws Exception {
    Sample image =
        received(
            Sample.of(7, 1)
                .with(Tag.SpecificCharacterSet, "ISO_IR 100")
                .with(Tag.PatientName, "Buc^Jérôme"));
    ReportToDeliver report =
        ReportSample.report(
            image.studyInstanceUid(),
            ReportEvent.SIGNATURE,
            2,
            ReportSample.findings(image.sopInstanceUid()),
            "Плевральный выпот слева.",
            ReportSample.signature("Ивана Ивановна Иванова"));
    DataSet built = verify(report, ResultKind.SR, null);
    assertEquals("ISO_IR 192", built.string(Tag.SpecificCharacterSet).orElseThrow());
    assertEquals("Buc^Jérôme", built.string(Tag.PatientName).orElseThrow());
    String text = text(build(report, ResultKind.PDF, null));
    assertTrue(text.contains("Плевральный выпот слева."), text);
    assertTrue(text.contains("Jérôme Buc"), text);
  }

  @Test
  void the_document_says_that_it_is_a_draft_until_somebody_signed_it() throws Exception {
    Sample image = received(Sample.of(7, 1));
    String draft = text(build(draft(image), ResultKind.PDF, null));
    assertTrue(draft.contains("DRAFT - not reviewed"), draft);
    assertTrue(draft.contains("ab".repeat(32)), draft);
    String signed = text(build(signed(image, ReportEvent.SIGNATURE, 3), ResultKind.PDF, null));
    assertFalse(signed.contains("DRAFT"), signed);
    assertTrue(signed.contains("Signed by Rosa Radler, Hospital"), signed);
  }

  @Test
  void what_the_font_lacks_is_said_to_be_missing_and_long_texts_take_more_pages() throws Exception {
    Sample image = received(Sample.of(7, 1).with(Tag.PatientName, "王^小东"));
    ReportToDeliver report =
        ReportSample.report(
            image.studyInstanceUid(),
            ReportEvent.DRAFT,
            1,
            List.of(),
            ("word ".repeat(40) + "\n" + "x".repeat(400) + "\n").repeat(20),
            null);
    String text = text(build(report, ResultKind.PDF, null));
    assertTrue(text.contains("a character that this document's font lacks"), text);
    assertTrue(text.contains("page 2 of"), text);
  }

  @Test
  void the_image_has_its_region_drawn_in_colour_and_says_what_it_is() throws Exception {
    Sample image = received(Sample.of(7, 1));
    DataSet capture = build(draft(image), ResultKind.SC, null);
    assertEquals("YES", capture.string(Tag.BurnedInAnnotation).orElseThrow());
    DataSet source = capture.item(Tag.SourceImageSequence).orElseThrow();
    assertEquals(image.sopInstanceUid(), source.string(Tag.ReferencedSOPInstanceUID).orElseThrow());
    byte[] pixels = capture.bytes(Tag.PixelData);
    int columns = capture.integer(Tag.Columns).orElseThrow();
    int rows = capture.integer(Tag.Rows).orElseThrow();
    int top = rows / 2;
    // The box spans columns 1 to 3 of 4, so its left edge is a quarter across.
    assertTrue(isOutline(pixels, 3 * (top * columns + columns / 4)));
    assertFalse(isOutline(pixels, 3 * (top * columns + columns / 2)));
  }

  @Test
  void without_its_image_no_object_is_made() {
    ReportToDeliver report = ReportSample.draft("2.25.7", "2.25.7.1.1");
    assertThrows(NotBuiltException.class, () -> build(report, ResultKind.SR, null));
  }

  @Test
  void an_object_that_breaks_the_rules_is_found_out() throws Exception {
    Sample image = received(Sample.of(7, 1));
    ReportToDeliver draft = draft(image);
    DataSet report = build(draft, ResultKind.SR, null);
    ResultIdentity identity = ResultIdentity.of(draft.identity(), ResultKind.SR, null);
    assertEquals(List.of(), ResultCheck.defects(report, identity));
    report.remove(Tag.CurrentRequestedProcedureEvidenceSequence);
    report.putString(Tag.VerificationFlag, "VERIFIED");
    assertEquals(4 + 2, ResultCheck.defects(report, identity).size());
  }

  private static boolean isOutline(byte[] rgb, int at) {
    return (rgb[at] & 0xFF) > 200 && (rgb[at + 2] & 0xFF) < 60;
  }

  private String text(DataSet document) throws IOException {
    try (var pdf = Loader.loadPDF(document.bytes(Tag.EncapsulatedDocument))) {
      return new PDFTextStripper().getText(pdf);
    }
  }

  private static String concept(DataSet item) {
    return item.item(Tag.ConceptNameCodeSequence)
        .flatMap(name -> name.string(Tag.CodeValue))
        .orElse("");
  }

  private String template(DataSet item) {
    return item.item(Tag.ContentTemplateSequence)
        .flatMap(template -> template.string(Tag.TemplateIdentifier))
        .orElse("");
  }

  private static String device(DataSet object) {
    DataSet equipment = object.item(Tag.ContributingEquipmentSequence).orElseThrow();
    return equipment.string(Tag.DeviceUID).orElseThrow();
  }

  private static ReportToDeliver draft(Sample image) {
    return ReportSample.draft(image.studyInstanceUid(), image.sopInstanceUid());
  }

  private static ReportToDeliver signed(Sample image, ReportEvent event, int version) {
    return ReportSample.signed(image.studyInstanceUid(), image.sopInstanceUid(), event, version);
  }

  private Sample received(Sample sample) throws IOException {
    gateway.store.receive(sample.arrival(), sample.stream());
    return sample;
  }

  private DataSet build(ReportToDeliver report, ResultKind kind, @Nullable Integer predecessor)
      throws IOException {
    Identity identity = report.identity();
    return objects.build(report, ResultIdentity.of(identity, kind, predecessor));
  }

  /** dciodvfy names every breach of the IOD as an error. */
  private DataSet verify(ReportToDeliver report, ResultKind kind, @Nullable Integer predecessor)
      throws Exception {
    DataSet built = build(report, kind, predecessor);
    Path file = files.path(files.keep(built).digest());
    PeerTools.Run run = PeerTools.dicom3tools("dciodvfy", List.of(file.toString()));
    List<String> errors = new ArrayList<>();
    for (String line : run.output().split("\n")) {
      if (line.startsWith("Error")) {
        errors.add(line);
      }
    }
    String kept = System.getenv("OVERREAD_KEEP_RESULTS");
    if (kept != null) {
      Files.copy(
          file,
          Path.of(kept, report.identity().event() + "-" + kind + ".dcm"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Files.write(
          Path.of(kept, report.identity().event() + "-" + kind + ".txt"),
          run.output().getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(List.of(), errors, run.output());
    return built;
  }
}
