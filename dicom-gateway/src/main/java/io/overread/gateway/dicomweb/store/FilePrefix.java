package io.overread.gateway.dicomweb.store;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.DataSetReader;
import io.overread.dicom.data.DicomFormatException;
import io.overread.dicom.data.ReadLimits;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

/**
 * Takes preamble and File Meta Information (PS3.10 7.1) off a stream and leaves it where the data
 * set starts. By group, not by group length, which some files get wrong.
 *
 * @param meta the elements of group 0002
 * @param dataSet the rest of the stream
 */
record FilePrefix(DataSet meta, InputStream dataSet) {

  private static final int PREAMBLE = 128;
  private static final int LONGEST_META = 64 * 1024;
  private static final ReadLimits LIMITS =
      new ReadLimits(4, 200, LONGEST_META, 2L * LONGEST_META, LONGEST_META);

  /** Empty where the stream is no DICOM file with meta information. */
  static Optional<FilePrefix> read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(PREAMBLE + 4);
    boolean marked =
        head.length == PREAMBLE + 4
            && head[PREAMBLE] == 'D'
            && head[PREAMBLE + 1] == 'I'
            && head[PREAMBLE + 2] == 'C'
            && head[PREAMBLE + 3] == 'M';
    if (!marked) {
      return Optional.empty();
    }
    PushbackInputStream rest = new PushbackInputStream(in, 2);
    ByteArrayOutputStream group = new ByteArrayOutputStream();
    while (startsWithGroup2(rest)) {
      if (!copyElement(rest, group)) {
        return Optional.empty();
      }
    }
    try {
      DataSet meta =
          new DataSetReader(LIMITS)
              .read(
                  new ByteArrayInputStream(group.toByteArray()),
                  TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
      return meta.isEmpty() ? Optional.empty() : Optional.of(new FilePrefix(meta, rest));
    } catch (DicomFormatException malformed) {
      return Optional.empty();
    }
  }

  String sopClassUid() {
    return meta.string(Tag.MediaStorageSOPClassUID).orElse("");
  }

  String sopInstanceUid() {
    return meta.string(Tag.MediaStorageSOPInstanceUID).orElse("");
  }

  String transferSyntaxUid() {
    return meta.string(Tag.TransferSyntaxUID).orElse("");
  }

  private static boolean startsWithGroup2(PushbackInputStream in) throws IOException {
    byte[] group = in.readNBytes(2);
    in.unread(group);
    return group.length == 2 && group[0] == 2 && group[1] == 0;
  }

  /** An element in explicit VR little endian, as it is; false where it can't be one. */
  private static boolean copyElement(InputStream in, ByteArrayOutputStream into)
      throws IOException {
    byte[] head = in.readNBytes(8);
    if (head.length < 8) {
      return false;
    }
    into.writeBytes(head);
    String vr = "" + (char) head[4] + (char) head[5];
    long length = (head[6] & 0xFF) | (head[7] & 0xFF) << 8;
    if (vr.equals("OB") || vr.equals("UN") || vr.equals("OW") || vr.equals("UT")) {
      byte[] longLength = in.readNBytes(4);
      if (longLength.length < 4) {
        return false;
      }
      into.writeBytes(longLength);
      length = 0;
      for (int index = 3; index >= 0; index--) {
        length = length << 8 | (longLength[index] & 0xFF);
      }
    }
    if (into.size() + length > LONGEST_META) {
      return false;
    }
    byte[] value = in.readNBytes((int) length);
    into.writeBytes(value);
    return value.length == length;
  }
}
