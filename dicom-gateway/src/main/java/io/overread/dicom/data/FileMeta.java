package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Preamble and File Meta Information (PS3.10 7.1). */
public final class FileMeta {

  static final int PREAMBLE = 128;
  static final byte[] PREFIX = {'D', 'I', 'C', 'M'};
  static final int GROUP = 0x0002;

  private final byte[] preamble;
  private final DataSet elements;

  FileMeta(byte[] preamble, DataSet elements) {
    this.preamble = preamble;
    this.elements = elements;
  }

  /** The meta information of an instance that this implementation writes. */
  public static FileMeta of(String sopClassUid, String sopInstanceUid, String transferSyntaxUid) {
    DataSet elements = new DataSet();
    elements.putInteger(Tag.FileMetaInformationGroupLength, 0);
    elements.putBytes(Tag.FileMetaInformationVersion, Vr.OB, new byte[] {0, 1});
    elements.putString(Tag.MediaStorageSOPClassUID, sopClassUid);
    elements.putString(Tag.MediaStorageSOPInstanceUID, sopInstanceUid);
    elements.putString(Tag.TransferSyntaxUID, transferSyntaxUid);
    elements.putString(Tag.ImplementationClassUID, Implementation.CLASS_UID);
    elements.putString(Tag.ImplementationVersionName, Implementation.VERSION_NAME);
    return new FileMeta(new byte[PREAMBLE], elements);
  }

  /** The same, naming the application entity that the instance came from (0002,0016). */
  public FileMeta withSourceApplicationEntityTitle(String title) {
    return new FileMeta(
        preamble, elements.copy().putString(Tag.SourceApplicationEntityTitle, title));
  }

  /** Of a file that has none. */
  static FileMeta absent() {
    return new FileMeta(new byte[0], new DataSet());
  }

  /** False for a file that begins with its data set. */
  public boolean isPresent() {
    return !elements.isEmpty();
  }

  public Optional<String> mediaStorageSopClassUid() {
    return elements.string(Tag.MediaStorageSOPClassUID);
  }

  public Optional<String> mediaStorageSopInstanceUid() {
    return elements.string(Tag.MediaStorageSOPInstanceUID);
  }

  /** As the file claims it; how its data set was read is {@link DicomFile#transferSyntax}. */
  public Optional<String> transferSyntaxUid() {
    return elements.string(Tag.TransferSyntaxUID);
  }

  /** The elements of group 0002; not to be changed. */
  public DataSet elements() {
    return elements;
  }

  /**
   * Writes preamble, prefix and elements: all that precedes the data set in a file. Nothing if this
   * file has no meta information.
   */
  public void write(OutputStream out) throws IOException {
    if (isPresent()) {
      if (preamble.length > 0) {
        out.write(preamble);
        out.write(PREFIX);
      }
      new DataSetWriter(LengthEncoding.AS_READ)
          .write(elements, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, out);
    }
  }
}
