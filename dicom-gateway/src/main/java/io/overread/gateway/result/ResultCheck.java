package io.overread.gateway.result;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.Sequence;
import io.overread.dicom.data.TagNumber;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.UidRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at an object before it leaves: the attributes that its IOD asks for, UIDs, references that
 * the evidence names. Archives accept what viewers then can't open.
 */
final class ResultCheck {

  private static final int[] EVERY = {
    Tag.SOPClassUID,
    Tag.SOPInstanceUID,
    Tag.StudyInstanceUID,
    Tag.SeriesInstanceUID,
    Tag.Modality,
    Tag.InstanceNumber,
    Tag.ContentDate,
    Tag.ContentTime,
    Tag.Manufacturer,
    Tag.ManufacturerModelName,
    Tag.SoftwareVersions,
    Tag.DeviceSerialNumber,
    Tag.ContributingEquipmentSequence
  };

  private static final int[] SR = {
    Tag.CompletionFlag,
    Tag.VerificationFlag,
    Tag.ValueType,
    Tag.ConceptNameCodeSequence,
    Tag.ContinuityOfContent,
    Tag.ContentTemplateSequence,
    Tag.ContentSequence,
    Tag.CurrentRequestedProcedureEvidenceSequence
  };

  private static final int[] PDF = {
    Tag.ConversionType,
    Tag.BurnedInAnnotation,
    Tag.DocumentTitle,
    Tag.MIMETypeOfEncapsulatedDocument,
    Tag.EncapsulatedDocument
  };

  private static final int[] SC = {
    Tag.ConversionType,
    Tag.ImageType,
    Tag.BurnedInAnnotation,
    Tag.SourceImageSequence,
    Tag.PhotometricInterpretation,
    Tag.PixelData
  };

  private final List<String> defects = new ArrayList<>();

  private ResultCheck() {}

  /** What is wrong; nothing for an object that may go out. Names attributes, never their values. */
  static List<String> defects(DataSet object, ResultIdentity identity) {
    ResultCheck check = new ResultCheck();
    check.require(object, EVERY);
    check.require(
        object,
        switch (identity.kind()) {
          case SR -> SR;
          case PDF -> PDF;
          case SC -> SC;
        });
    check.same(object, Tag.SOPClassUID, identity.kind().sopClassUid());
    check.same(object, Tag.SOPInstanceUID, identity.sopInstanceUid());
    check.same(object, Tag.SeriesInstanceUID, identity.seriesInstanceUid());
    check.values(object);
    switch (identity.kind()) {
      case SR -> check.report(object);
      case PDF -> {}
      case SC -> check.pixels(object);
    }
    return check.defects;
  }

  private void require(DataSet object, int[] tags) {
    for (int tag : tags) {
      if (object.find(tag).filter(element -> !element.isEmpty()).isEmpty()) {
        defects.add(name(tag) + " is missing");
      }
    }
  }

  private void same(DataSet object, int tag, String value) {
    if (!object.string(tag).orElse("").equals(value)) {
      defects.add(name(tag) + " is another");
    }
  }

  /** UIDs are UIDs, and no item is empty. */
  private void values(DataSet object) {
    for (Element element : object) {
      if (element.value() instanceof Sequence sequence) {
        sequence.items().forEach(this::values);
        if (sequence.items().stream().anyMatch(DataSet::isEmpty)) {
          defects.add(name(element.tag()) + " has an empty item");
        }
      } else if (element.vr() == Vr.UI
          && !object.strings(element.tag()).stream().allMatch(UidRule::isUid)) {
        defects.add(name(element.tag()) + " is no UID");
      }
    }
  }

  private void report(DataSet report) {
    boolean verified = report.string(Tag.VerificationFlag).orElse("").equals("VERIFIED");
    if (verified != report.contains(Tag.VerifyingObserverSequence)) {
      defects.add("Verification Flag and Verifying Observer contradict each other");
    }
    Set<String> evidence = new HashSet<>();
    for (DataSet study : report.items(Tag.CurrentRequestedProcedureEvidenceSequence)) {
      for (DataSet series : study.items(Tag.ReferencedSeriesSequence)) {
        series.items(Tag.ReferencedSOPSequence).forEach(item -> evidence.add(referenced(item)));
      }
    }
    content(report, evidence);
  }

  private void content(DataSet item, Set<String> evidence) {
    for (DataSet child : item.items(Tag.ContentSequence)) {
      if (child.string(Tag.RelationshipType).isEmpty() || child.string(Tag.ValueType).isEmpty()) {
        defects.add("a content item has no relationship or no value type");
      }
      for (DataSet reference : child.items(Tag.ReferencedSOPSequence)) {
        if (!evidence.contains(referenced(reference))) {
          defects.add("an image is referred to that the evidence does not name");
        }
      }
      content(child, evidence);
    }
  }

  private static String referenced(DataSet item) {
    return item.string(Tag.ReferencedSOPInstanceUID).orElse("");
  }

  private void pixels(DataSet image) {
    long expected = 3L * image.integer(Tag.Rows).orElse(0) * image.integer(Tag.Columns).orElse(0);
    if (image.octets(Tag.PixelData).map(Octets::length).orElse(0L) != expected) {
      defects.add("Pixel Data has another length than Rows and Columns say");
    }
  }

  private static String name(int tag) {
    return DataElementDictionary.keyword(tag) + " " + TagNumber.toString(tag);
  }
}
