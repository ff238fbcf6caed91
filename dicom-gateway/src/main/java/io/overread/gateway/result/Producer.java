package io.overread.gateway.result;

import static io.overread.gateway.result.CodedConcept.dcm;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Implementation;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.OwnResults;
import io.overread.gateway.result.ReportToDeliver.Model;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The software that makes the objects, with the model in it, as equipment. */
final class Producer {

  private static final int LONGEST = 64;
  private static final int SERIAL_DIGITS = 16;
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneOffset.UTC);

  private final Model model;

  Producer(Model model) {
    this.model = model;
  }

  /** Another one for each model (IHE AIR: a new Device UID for every change of it). */
  String deviceUid() {
    return DerivedUid.of("device", model.name(), model.version(), model.digest());
  }

  String manufacturer() {
    return OwnResults.MANUFACTURER;
  }

  String modelName() {
    return Repertoire.line(model.name(), LONGEST);
  }

  String modelVersion() {
    return Repertoire.line(model.version(), LONGEST);
  }

  /** General and Enhanced General Equipment (PS3.3 C.7.5.1, C.7.5.2). */
  void describeIn(DataSet object) {
    describe(object);
    object.putString(
        Tag.DeviceSerialNumber,
        model.digest().substring(0, Math.min(SERIAL_DIGITS, model.digest().length())));
  }

  /** What made the object, by which it is known again (PS3.3 C.12.1, IHE AIR). */
  void contributeTo(DataSet object, Repertoire repertoire, Instant at) {
    DataSet item = repertoire.item();
    item.putItems(
        Tag.PurposeOfReferenceCodeSequence,
        dcm(OwnResults.PROCESSING_EQUIPMENT, "Processing Equipment").item(repertoire));
    describe(item);
    item.putString(Tag.DeviceUID, deviceUid());
    item.putString(Tag.ContributionDateTime, DATE_TIME.format(at));
    item.putString(Tag.ContributionDescription, "Drafted by a machine learning model");
    object.putItems(Tag.ContributingEquipmentSequence, item);
  }

  private void describe(DataSet target) {
    target.putString(Tag.Manufacturer, manufacturer());
    target.putString(Tag.ManufacturerModelName, modelName());
    target.putString(Tag.SoftwareVersions, modelVersion(), Implementation.VERSION_NAME);
  }
}
