package io.overread.dicom.data;

import io.overread.dicom.dictionary.DataElementDictionary;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Optional;

/** Tells by its first element how a data set is encoded, whatever its file claims. */
final class TransferSyntaxDetection {

  private static final int HEADER = 8;

  private TransferSyntaxDetection() {}

  /** For a data set that comes without a transfer syntax; empty if this is no data set. */
  static Optional<TransferSyntax> detect(DicomInput input) throws IOException {
    byte[] start = input.peek(HEADER);
    if (start.length < HEADER) {
      return Optional.empty();
    }
    boolean explicit = namesVr(start);
    if (isKnown(start, ByteOrder.LITTLE_ENDIAN)) {
      return Optional.of(
          explicit
              ? TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN
              : TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN);
    }
    return explicit && isKnown(start, ByteOrder.BIG_ENDIAN)
        ? Optional.of(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)
        : Optional.empty();
  }

  /**
   * Keeps the claimed syntax, except that explicit and implicit VR are told by the first element:
   * writers are known to claim the other one.
   */
  static TransferSyntax correct(TransferSyntax claimed, DicomInput input) throws IOException {
    byte[] start = input.peek(HEADER);
    if (start.length < HEADER
        || claimed.bigEndian()
        || namesVr(start) == claimed.explicitVr()
        || !isKnown(start, ByteOrder.LITTLE_ENDIAN)) {
      return claimed;
    }
    if (claimed.explicitVr() && isUpperCase(start[4]) && isUpperCase(start[5])) {
      return claimed; // A representation that is not known is still a representation.
    }
    if (claimed.equals(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)) {
      return TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
    }
    if (claimed.equals(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN)) {
      return TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
    }
    // There is no UID for what it really is: the claimed one still names the pixel data's encoding.
    return new TransferSyntax(
        claimed.uid(),
        !claimed.explicitVr(),
        claimed.byteOrder(),
        claimed.deflated(),
        claimed.encapsulated());
  }

  private static boolean namesVr(byte[] start) {
    return Vr.ofCode((start[4] & 0xFF) << 8 | (start[5] & 0xFF)).isPresent();
  }

  private static boolean isKnown(byte[] start, ByteOrder order) {
    Encoding encoding = new Encoding(true, order);
    int tag =
        TagNumber.of(encoding.unsigned(start[0], start[1]), encoding.unsigned(start[2], start[3]));
    return DataElementDictionary.find(tag).isPresent()
        || (TagNumber.isGroupLength(tag) && tag != 0);
  }

  private static boolean isUpperCase(byte letter) {
    return letter >= 'A' && letter <= 'Z';
  }
}
