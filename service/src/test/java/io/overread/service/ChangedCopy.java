package io.overread.service;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.data.UidGenerator;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/** Copies of a DICOM file with other header values, as instances of their own. */
final class ChangedCopy {
  private static final UidGenerator UIDS = new UidGenerator(UUID::randomUUID);

  private ChangedCopy() {}

  /** Another image of the same study. */
  static Path anotherImage(Path first, Path file) throws IOException {
    DataSet image = DicomFile.open(first).dataSet();
    image.putString(Tag.InstanceNumber, "2");
    return write(image, file);
  }

  /** The same image as a study of its own that says another modality; returns its UID. */
  static String anotherModality(Path first, String modality, Path file) throws IOException {
    DataSet image = DicomFile.open(first).dataSet();
    String study = UIDS.next();
    image
        .putString(Tag.Modality, modality)
        .putString(Tag.StudyInstanceUID, study)
        .putString(Tag.SeriesInstanceUID, UIDS.next());
    write(image, file);
    return study;
  }

  /** The same image as a study of its own that says it is for quality control; returns its UID. */
  static String qualityControl(Path first, Path file) throws IOException {
    DataSet image = DicomFile.open(first).dataSet();
    String study = UIDS.next();
    image
        .putString(Tag.QualityControlImage, "YES")
        .putString(Tag.StudyInstanceUID, study)
        .putString(Tag.SeriesInstanceUID, UIDS.next());
    write(image, file);
    return study;
  }

  private static Path write(DataSet image, Path file) throws IOException {
    image.putString(Tag.SOPInstanceUID, UIDS.next());
    DicomFile.write(
        file,
        FileMeta.of(
            image.string(Tag.SOPClassUID).orElseThrow(),
            image.string(Tag.SOPInstanceUID).orElseThrow(),
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid()),
        image);
    return file;
  }
}
