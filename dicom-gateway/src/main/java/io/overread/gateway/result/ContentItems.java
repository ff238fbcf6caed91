package io.overread.gateway.result;

import static io.overread.gateway.result.CodedConcept.ucum;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.result.ReportToDeliver.Point;
import java.util.List;

/** Makes the content items of a structured report (PS3.3 C.17.3). */
final class ContentItems {

  private static final CodedConcept PERCENT = ucum("%", "Percent");

  private final Repertoire repertoire;

  ContentItems(Repertoire repertoire) {
    this.repertoire = repertoire;
  }

  /** Relationship Type (0040,A010). */
  enum Relationship {
    CONTAINS,
    HAS_CONCEPT_MOD,
    HAS_OBS_CONTEXT,
    HAS_ACQ_CONTEXT,
    SELECTED_FROM;

    private String value() {
      return name().replace('_', ' ');
    }
  }

  /** Makes a data set the root container of a template of PS3.16. */
  void root(DataSet document, CodedConcept name, String template, List<DataSet> children) {
    document.putString(Tag.ValueType, "CONTAINER");
    document.putItems(Tag.ConceptNameCodeSequence, name.item(repertoire));
    fillContainer(document, template, children);
  }

  DataSet container(
      Relationship relationship, CodedConcept name, String template, List<DataSet> children) {
    DataSet item = item(relationship, "CONTAINER", name);
    fillContainer(item, template, children);
    return item;
  }

  DataSet container(CodedConcept name, List<DataSet> children) {
    DataSet item = item(Relationship.CONTAINS, "CONTAINER", name);
    item.putString(Tag.ContinuityOfContent, "SEPARATE");
    item.putItems(Tag.ContentSequence, children.toArray(DataSet[]::new));
    return item;
  }

  private void fillContainer(DataSet item, String template, List<DataSet> children) {
    item.putString(Tag.ContinuityOfContent, "SEPARATE");
    DataSet identification = repertoire.item();
    identification.putString(Tag.MappingResource, "DCMR");
    identification.putString(Tag.TemplateIdentifier, template);
    item.putItems(Tag.ContentTemplateSequence, identification);
    item.putItems(Tag.ContentSequence, children.toArray(DataSet[]::new));
  }

  DataSet code(Relationship relationship, CodedConcept name, CodedConcept value) {
    return item(relationship, "CODE", name)
        .putItems(Tag.ConceptCodeSequence, value.item(repertoire));
  }

  DataSet text(Relationship relationship, CodedConcept name, String text) {
    return item(relationship, "TEXT", name).putString(Tag.TextValue, text);
  }

  DataSet uid(Relationship relationship, CodedConcept name, String uid) {
    return item(relationship, "UIDREF", name).putString(Tag.UID, uid);
  }

  DataSet personName(Relationship relationship, CodedConcept name, String personName) {
    return item(relationship, "PNAME", name).putString(Tag.PersonName, personName);
  }

  /** A share of one as a percentage with two decimals. */
  DataSet percentage(CodedConcept name, double share) {
    DataSet value = repertoire.item();
    value.putDecimal(Tag.NumericValue, Math.round(share * 10_000) / 100.0);
    value.putItems(Tag.MeasurementUnitsCodeSequence, PERCENT.item(repertoire));
    return item(Relationship.CONTAINS, "NUM", name).putItems(Tag.MeasuredValueSequence, value);
  }

  /** A closed outline in the pixels of an image. */
  DataSet region(CodedConcept name, List<Point> outline, DataSet image) {
    double[] data = new double[2 * (outline.size() + 1)];
    for (int i = 0; i <= outline.size(); i++) {
      // A POLYLINE is closed by repeating its first point (PS3.3 C.18.6.1.2).
      Point point = outline.get(i % outline.size());
      data[2 * i] = point.column();
      data[2 * i + 1] = point.row();
    }
    DataSet item = item(Relationship.CONTAINS, "SCOORD", name);
    item.putString(Tag.GraphicType, "POLYLINE");
    item.putDecimal(Tag.GraphicData, data);
    item.putItems(Tag.ContentSequence, image);
    return item;
  }

  /** A reference to an image, without a name of its own. */
  DataSet image(Relationship relationship, SourceStudy.Image image, int frame) {
    DataSet item = repertoire.item();
    item.putString(Tag.RelationshipType, relationship.value());
    item.putString(Tag.ValueType, "IMAGE");
    return referring(item, image, frame);
  }

  DataSet image(CodedConcept name, SourceStudy.Image image, int frame) {
    return referring(item(Relationship.CONTAINS, "IMAGE", name), image, frame);
  }

  private DataSet referring(DataSet item, SourceStudy.Image image, int frame) {
    DataSet reference = image.reference(repertoire);
    if (image.frames() > 1) {
      reference.putString(Tag.ReferencedFrameNumber, Vr.IS, Integer.toString(frame));
    }
    return item.putItems(Tag.ReferencedSOPSequence, reference);
  }

  private DataSet item(Relationship relationship, String valueType, CodedConcept name) {
    DataSet item = repertoire.item();
    item.putString(Tag.RelationshipType, relationship.value());
    item.putString(Tag.ValueType, valueType);
    item.putItems(Tag.ConceptNameCodeSequence, name.item(repertoire));
    return item;
  }
}
