package io.overread.gateway.result;

import static io.overread.gateway.result.CodedConcept.dcm;
import static io.overread.gateway.result.ContentItems.Relationship.CONTAINS;
import static io.overread.gateway.result.ContentItems.Relationship.HAS_ACQ_CONTEXT;
import static io.overread.gateway.result.ContentItems.Relationship.HAS_CONCEPT_MOD;
import static io.overread.gateway.result.ContentItems.Relationship.HAS_OBS_CONTEXT;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.result.ReportToDeliver.Finding;
import java.util.ArrayList;
import java.util.List;

/** The content of the structured report: TID 1500, Measurement Report (PS3.16, IHE AIR 6.5.3). */
final class MeasurementReport {

  private static final CodedConcept CONCLUSION = dcm("121077", "Conclusion");

  private final ResultObject object;
  private final ContentItems items;

  private MeasurementReport(ResultObject object) {
    this.object = object;
    this.items = new ContentItems(object.repertoire());
  }

  /** The whole object. */
  static DataSet of(ResultObject object) {
    DataSet document = object.begin();
    SrDocument.describe(document, object);
    MeasurementReport report = new MeasurementReport(object);
    report.items.root(
        document, dcm("126000", "Imaging Measurement Report"), "1500", report.content());
    return document;
  }

  private List<DataSet> content() {
    ReportToDeliver report = object.report();
    List<DataSet> content = new ArrayList<>();
    content.add(
        items.code(
            HAS_CONCEPT_MOD,
            dcm("121049", "Language of Content Item and Descendants"),
            new CodedConcept("en", "RFC5646", "English")));
    content.addAll(observers());
    content.add(
        items.code(
            HAS_CONCEPT_MOD,
            dcm("121058", "Procedure reported"),
            CodedConcept.of(report.procedure())));
    content.add(imageLibrary());
    if (!report.findings().isEmpty()) {
      List<DataSet> groups = new ArrayList<>();
      MeasurementGroup group = new MeasurementGroup(object, items);
      for (Finding finding : report.findings()) {
        groups.add(group.of(finding));
      }
      content.add(items.container(dcm("126010", "Imaging Measurements"), groups));
    }
    content.add(
        items.container(
            new CodedConcept("C0034375", "UMLS", "Qualitative Evaluations"),
            List.of(items.text(CONTAINS, CONCLUSION, report.text()))));
    return content;
  }

  /** TID 1001: the model, and once it is signed the person. */
  private List<DataSet> observers() {
    Producer producer = object.producer();
    List<DataSet> observers = new ArrayList<>();
    CodedConcept type = dcm("121005", "Observer Type");
    observers.add(items.code(HAS_OBS_CONTEXT, type, dcm("121007", "Device")));
    observers.add(
        items.uid(HAS_OBS_CONTEXT, dcm("121012", "Device Observer UID"), producer.deviceUid()));
    observers.add(
        items.text(
            HAS_OBS_CONTEXT,
            dcm("121013", "Device Observer Name"),
            producer.modelName() + " " + producer.modelVersion()));
    observers.add(
        items.text(
            HAS_OBS_CONTEXT,
            dcm("121014", "Device Observer Manufacturer"),
            producer.manufacturer()));
    observers.add(
        items.text(
            HAS_OBS_CONTEXT, dcm("121015", "Device Observer Model Name"), producer.modelName()));
    // The digest is the serial number of this very model.
    observers.add(
        items.text(
            HAS_OBS_CONTEXT,
            dcm("121016", "Device Observer Serial Number"),
            object.report().model().digest()));
    var signature = object.report().signature();
    if (signature != null) {
      observers.add(items.code(HAS_OBS_CONTEXT, type, dcm("121006", "Person")));
      observers.add(
          items.personName(
              HAS_OBS_CONTEXT,
              dcm("121008", "Person Observer Name"),
              SrDocument.personName(signature.name())));
    }
    return observers;
  }

  /** TID 1600: the images that were read. */
  private DataSet imageLibrary() {
    List<DataSet> group = new ArrayList<>();
    object
        .source()
        .header()
        .string(Tag.Modality)
        .ifPresent(
            modality ->
                group.add(
                    items.code(
                        HAS_ACQ_CONTEXT, dcm("121139", "Modality"), dcm(modality, modality))));
    for (SourceStudy.Image image : object.source().images()) {
      group.add(items.image(CONTAINS, image, 1));
    }
    return items.container(
        CONTAINS,
        dcm("111028", "Image Library"),
        "1600",
        List.of(items.container(dcm("126200", "Image Library Group"), group)));
  }
}
