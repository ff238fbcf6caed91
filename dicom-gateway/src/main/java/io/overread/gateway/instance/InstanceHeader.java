package io.overread.gateway.instance;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.StoredInstance.ImageHeader;
import io.overread.gateway.study.StudyArrival;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What the header of an arrived object says, checked against the request.
 *
 * @param arrival which study and series it belongs to, and how it describes them
 * @param ownEquipment whether it says that we made it, see {@link OwnResults}
 */
record InstanceHeader(
    String sopInstanceUid, StudyArrival arrival, ImageHeader image, boolean ownEquipment) {

  /** The reading of a header. */
  sealed interface Reading {

    /** It is what the request says. */
    record Valid(InstanceHeader header) implements Reading {}

    /** It is not. */
    record Invalid(Defect defect, String detail) implements Reading {}
  }

  /** The pixel data itself is read too, but not kept: its lengths must fit into the file. */
  private static final int AFTER_PIXEL_DATA = Tag.PixelData + 1;

  /** Bounds what one association can make us hold; long values stay in the file. */
  private static final ReadLimits LIMITS = new ReadLimits(32, 1_000_000, 4096, 64L << 20, 8L << 30);

  /**
   * Reads the header of a received file.
   *
   * @throws StorageFailure when our own file can't be read
   */
  static Reading read(Path file, Arrival arrival, Instant receivedAt) {
    DataSet dataSet;
    try {
      dataSet = DicomFile.openBefore(file, AFTER_PIXEL_DATA, LIMITS).dataSet();
    } catch (DicomFormatException e) {
      return new Reading.Invalid(
          Defect.UNREADABLE, PeerText.line(String.valueOf(e.getMessage()), 200));
    } catch (IOException e) {
      throw new StorageFailure("a received file can't be read", e);
    }
    return compare(dataSet, arrival, receivedAt);
  }

  private static Reading compare(DataSet dataSet, Arrival arrival, Instant receivedAt) {
    String sopClass = dataSet.string(Tag.SOPClassUID).orElse("");
    String sopInstance = dataSet.string(Tag.SOPInstanceUID).orElse("");
    String study = dataSet.string(Tag.StudyInstanceUID).orElse("");
    String series = dataSet.string(Tag.SeriesInstanceUID).orElse("");
    if (!UidRule.isUid(sopClass)) {
      return invalidUid("SOP Class UID (0008,0016)");
    }
    if (!UidRule.isUid(sopInstance)) {
      return invalidUid("SOP Instance UID (0008,0018)");
    }
    if (!UidRule.isUid(study)) {
      return invalidUid("Study Instance UID (0020,000D)");
    }
    if (!UidRule.isUid(series)) {
      return invalidUid("Series Instance UID (0020,000E)");
    }
    if (!sopClass.equals(arrival.sopClassUid())) {
      return new Reading.Invalid(Defect.OTHER_SOP_CLASS, "the data set is of class " + sopClass);
    }
    if (!sopInstance.equals(arrival.sopInstanceUid())) {
      return new Reading.Invalid(
          Defect.OTHER_SOP_INSTANCE, "the data set is instance " + sopInstance);
    }
    Arrival.OverHttp overHttp = arrival.overHttp();
    String asked = overHttp == null ? null : overHttp.studyInstanceUid();
    if (asked != null && !asked.equals(study)) {
      return new Reading.Invalid(Defect.OTHER_STUDY, "the data set is of study " + study);
    }
    return new Reading.Valid(
        new InstanceHeader(
            sopInstance,
            new StudyArrival(
                study,
                series,
                HeaderAttributes.patient(dataSet),
                HeaderAttributes.study(dataSet),
                HeaderAttributes.series(dataSet),
                receivedAt),
            HeaderAttributes.image(dataSet, sopClass, arrival.transferSyntaxUid()),
            OwnResults.namesOurEquipment(dataSet)));
  }

  private static Reading invalidUid(String attribute) {
    return new Reading.Invalid(Defect.INVALID_UID, attribute + " is missing or no UID");
  }
}
