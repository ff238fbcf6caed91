package io.overread.dicom.toolkit;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.FileMeta;
import io.overread.dicom.data.Vr;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files to send. */
final class Sent {
  private Sent() {}

  /** A small CT image. */
  static Path file(Path folder, String sopInstanceUid, String transferSyntaxUid)
      throws IOException {
    DataSet dataSet = new DataSet();
    dataSet.putString(Tag.SOPClassUID, Uid.CTImageStorage);
    dataSet.putString(Tag.SOPInstanceUID, sopInstanceUid);
    dataSet.putBytes(Tag.PixelData, Vr.OW, new byte[40_000]);
    Path file = folder.resolve(sopInstanceUid + ".dcm");
    DicomFile.write(
        file, FileMeta.of(Uid.CTImageStorage, sopInstanceUid, transferSyntaxUid), dataSet);
    return file;
  }

  /** The bytes of its data set. */
  static byte[] dataSet(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    int from = (int) DicomFile.open(file).dataSetOffset();
    int length = (whole.length - from + 1) / 2 * 2; // A deflated one is padded, PS3.5 A.5.
    return Arrays.copyOfRange(whole, from, from + length);
  }
}
