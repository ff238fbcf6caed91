package io.overread.gateway.instance;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.gateway.instance.StoredInstance.ImageHeader;
import io.overread.gateway.study.PatientAttributes;
import io.overread.gateway.study.SeriesAttributes;
import io.overread.gateway.study.StudyAttributes;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads the attributes that the tables hold; decoded by the data set's character set. */
final class HeaderAttributes {

  private static final int SHORT = 64;
  private static final int LONG = 1024;

  private HeaderAttributes() {}

  static PatientAttributes patient(DataSet dataSet) {
    return new PatientAttributes(
        text(dataSet, Tag.PatientID, SHORT),
        text(dataSet, Tag.IssuerOfPatientID, SHORT),
        text(dataSet, Tag.PatientName, LONG),
        text(dataSet, Tag.PatientBirthDate, SHORT),
        text(dataSet, Tag.PatientSex, SHORT));
  }

  static StudyAttributes study(DataSet dataSet) {
    return new StudyAttributes(
        text(dataSet, Tag.AccessionNumber, SHORT),
        text(dataSet, Tag.StudyID, SHORT),
        text(dataSet, Tag.StudyDate, SHORT),
        text(dataSet, Tag.StudyTime, SHORT),
        text(dataSet, Tag.StudyDescription, LONG),
        text(dataSet, Tag.ReferringPhysicianName, LONG));
  }

  static SeriesAttributes series(DataSet dataSet) {
    String laterality = text(dataSet, Tag.Laterality, SHORT);
    return new SeriesAttributes(
        text(dataSet, Tag.Modality, SHORT),
        integer(dataSet, Tag.SeriesNumber),
        text(dataSet, Tag.SeriesDescription, LONG),
        new SeriesAttributes.Anatomy(
            text(dataSet, Tag.BodyPartExamined, SHORT),
            laterality != null ? laterality : text(dataSet, Tag.ImageLaterality, SHORT),
            text(dataSet, Tag.ViewPosition, SHORT)),
        new SeriesAttributes.Equipment(
            text(dataSet, Tag.Manufacturer, LONG), text(dataSet, Tag.ManufacturerModelName, LONG)));
  }

  static ImageHeader image(DataSet dataSet, String sopClassUid, String transferSyntaxUid) {
    Integer rows = integer(dataSet, Tag.Rows);
    Integer columns = integer(dataSet, Tag.Columns);
    Integer frames = integer(dataSet, Tag.NumberOfFrames);
    boolean image = rows != null && columns != null;
    return new ImageHeader(
        sopClassUid,
        transferSyntaxUid,
        integer(dataSet, Tag.InstanceNumber),
        image ? (frames == null ? 1 : Math.max(frames, 1)) : 0,
        rows,
        columns);
  }

  private static @Nullable String text(DataSet dataSet, int tag, int limit) {
    return PeerText.value(dataSet.string(tag).orElse(null), limit);
  }

  private static @Nullable Integer integer(DataSet dataSet, int tag) {
    OptionalInt value = dataSet.integer(tag);
    return value.isPresent() ? value.getAsInt() : null;
  }
}
