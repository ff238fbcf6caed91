package io.overread.dicom.net;

import io.overread.dicom.data.DicomFile;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.net.pdu.WireText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a C-STORE needs to know of a file. The data set has the say: peers compare its UIDs with the
 * command's, and meta information is sometimes stale.
 *
 * @param transferSyntaxUid how the data set is encoded
 * @param dataSetOffset where it starts in the file, in bytes
 */
public record SendableInstance(
    Path file,
    String sopClassUid,
    String sopInstanceUid,
    String transferSyntaxUid,
    long dataSetOffset) {

  /**
   * Reads the start of the file.
   *
   * @throws DicomFormatException when it is no DICOM file
   * @throws IOException when it cannot be read, or does not say which instance it is
   */
  public static SendableInstance read(Path file) throws IOException {
    DicomFile dicom = DicomFile.openBefore(file, Tag.SOPInstanceUID + 1, ReadLimits.standard());
    boolean odd = (Files.size(file) - dicom.dataSetOffset()) % 2 != 0;
    if (odd && !dicom.transferSyntax().deflated()) {
      // Fragments have even lengths (PS3.8 E.1); peers abort for one that hasn't.
      throw new IOException("the data set has an odd number of bytes");
    }
    return new SendableInstance(
        file,
        uid(dicom.meta().mediaStorageSopClassUid(), dicom.dataSet().string(Tag.SOPClassUID)),
        uid(dicom.meta().mediaStorageSopInstanceUid(), dicom.dataSet().string(Tag.SOPInstanceUID)),
        dicom.transferSyntax().uid(),
        dicom.dataSetOffset());
  }

  /**
   * The data set as it stands in the file; a deflated one of odd length padded (PS3.5 A.5).
   *
   * @throws IOException when the file cannot be read
   */
  public InputStream openDataSet() throws IOException {
    InputStream stream = Files.newInputStream(file);
    try {
      long length = Files.size(file) - dataSetOffset;
      stream.skipNBytes(dataSetOffset);
      return length % 2 == 0
          ? stream
          : new SequenceInputStream(stream, new ByteArrayInputStream(new byte[1]));
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private static String uid(Optional<String> fromMeta, Optional<String> fromDataSet)
      throws IOException {
    return fromDataSet
        .filter(WireText::isUid)
        .or(() -> fromMeta.filter(WireText::isUid))
        .orElseThrow(() -> new IOException("no SOP Class or Instance UID"));
  }
}
