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

/** Another image of a study that was sent before. */
final class MoreOfTheStudy {
  private MoreOfTheStudy() {}

  static Path write(Path first, Path file) throws IOException {
    DataSet image = DicomFile.open(first).dataSet();
    image
        .putString(Tag.SOPInstanceUID, new UidGenerator(UUID::randomUUID).next())
        .putString(Tag.InstanceNumber, "2");
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
