package io.overread.gateway.result;

import static io.overread.gateway.result.CodedConcept.dcm;
import static io.overread.gateway.result.CodedConcept.sct;
import static io.overread.gateway.result.ContentItems.Relationship.CONTAINS;
import static io.overread.gateway.result.ContentItems.Relationship.HAS_CONCEPT_MOD;
import static io.overread.gateway.result.ContentItems.Relationship.HAS_OBS_CONTEXT;
import static io.overread.gateway.result.ContentItems.Relationship.SELECTED_FROM;

import io.overread.dicom.data.DataSet;
import io.overread.gateway.result.ReportToDeliver.Finding;
import io.overread.gateway.result.ReportToDeliver.ImageReference;
import io.overread.gateway.result.ReportToDeliver.Presence;
import java.util.ArrayList;
import java.util.List;

/**
 * One finding: TID 1410 where it has a region, otherwise TID 1501 (PS3.16). Each says which
 * algorithm found it (TID 4019).
 */
final class MeasurementGroup {

  private final ResultObject object;
  private final ContentItems items;

  MeasurementGroup(ResultObject object, ContentItems items) {
    this.object = object;
    this.items = items;
  }

  DataSet of(Finding finding) {
    boolean outlined = !finding.image().region().isEmpty();
    List<DataSet> content = new ArrayList<>();
    content.add(items.text(HAS_OBS_CONTEXT, dcm("112039", "Tracking Identifier"), finding.name()));
    content.add(
        items.uid(
            HAS_OBS_CONTEXT,
            dcm("112040", "Tracking Unique Identifier"),
            DerivedUid.of("finding", finding.id().toString())));
    content.add(items.code(CONTAINS, dcm("121071", "Finding"), concept(finding)));
    var site = finding.site();
    if (site != null) {
      content.add(
          items.code(HAS_CONCEPT_MOD, sct("363698007", "Finding Site"), CodedConcept.of(site)));
    }
    content.add(image(finding.image(), outlined));
    content.addAll(algorithm());
    String others = finding.score().others();
    if (others != null) {
      content.add(items.text(HAS_CONCEPT_MOD, dcm("111002", "Algorithm Parameters"), others));
    }
    Double probability = finding.score().probability();
    if (probability != null) {
      content.add(items.percentage(dcm("111012", "Certainty of Finding"), probability));
    }
    content.add(
        items.code(CONTAINS, sct("705057003", "Presence"), presence(finding.score().presence())));
    content.add(items.text(CONTAINS, dcm("121106", "Comment"), finding.score().sentence()));
    return items.container(
        CONTAINS, dcm("125007", "Measurement Group"), outlined ? "1410" : "1501", content);
  }

  private DataSet image(ImageReference seen, boolean outlined) {
    SourceStudy.Image image = object.source().image(seen.sopInstanceUid());
    if (!outlined) {
      return items.image(dcm("121112", "Source of Measurement"), image, seen.frame());
    }
    DataSet shown = items.image(SELECTED_FROM, image, seen.frame());
    return items.region(dcm("111030", "Image Region"), seen.region(), shown);
  }

  private List<DataSet> algorithm() {
    Producer producer = object.producer();
    return List.of(
        items.text(HAS_CONCEPT_MOD, dcm("111001", "Algorithm Name"), producer.modelName()),
        items.text(HAS_CONCEPT_MOD, dcm("111003", "Algorithm Version"), producer.modelVersion()));
  }

  /** Without a code, the name is one of a scheme of ours. */
  private static CodedConcept concept(Finding finding) {
    var code = finding.code();
    return code != null
        ? CodedConcept.of(code)
        : new CodedConcept(finding.name(), CodedConcept.PRIVATE_SCHEME, finding.name());
  }

  /** CID 240. */
  private static CodedConcept presence(Presence presence) {
    return switch (presence) {
      case PRESENT -> sct("52101004", "Present");
      case ABSENT -> sct("272519000", "Absent");
      case UNDETERMINED -> sct("373068000", "Undetermined");
    };
  }
}
