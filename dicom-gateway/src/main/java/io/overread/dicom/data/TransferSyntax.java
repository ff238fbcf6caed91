package io.overread.dicom.data;

import io.overread.dicom.dictionary.Uid;
import io.overread.dicom.dictionary.UidDictionary;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * How a data set is encoded (PS3.5 10).
 *
 * @param explicitVr whether each element names its representation
 * @param byteOrder of words outside pixel data fragments
 * @param deflated whether all of the data set is deflated
 * @param encapsulated whether pixel data is in fragments
 */
public record TransferSyntax(
    String uid, boolean explicitVr, ByteOrder byteOrder, boolean deflated, boolean encapsulated) {

  public static final TransferSyntax IMPLICIT_VR_LITTLE_ENDIAN =
      new TransferSyntax(Uid.ImplicitVRLittleEndian, false, ByteOrder.LITTLE_ENDIAN, false, false);
  public static final TransferSyntax EXPLICIT_VR_LITTLE_ENDIAN =
      new TransferSyntax(Uid.ExplicitVRLittleEndian, true, ByteOrder.LITTLE_ENDIAN, false, false);
  public static final TransferSyntax EXPLICIT_VR_BIG_ENDIAN =
      new TransferSyntax(Uid.ExplicitVRBigEndian, true, ByteOrder.BIG_ENDIAN, false, false);
  public static final TransferSyntax DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN =
      new TransferSyntax(
          Uid.DeflatedExplicitVRLittleEndian, true, ByteOrder.LITTLE_ENDIAN, true, false);

  /** GE's private syntax: implicit VR little endian, but native pixel data is big endian. */
  public static final String GE_PRIVATE_IMPLICIT_VR_BIG_ENDIAN_PIXELS = "1.2.840.113619.5.2";

  private static final Set<String> DEFLATED =
      Set.of(
          Uid.DeflatedExplicitVRLittleEndian,
          Uid.JPIPReferencedDeflate,
          Uid.JPIPHTJ2KReferencedDeflate);
  private static final Set<String> REFERENCED = Set.of(Uid.JPIPReferenced, Uid.JPIPHTJ2KReferenced);
  private static final Set<String> IMPLICIT =
      Set.of(
          Uid.ImplicitVRLittleEndian,
          Uid.Papyrus3ImplicitVRLittleEndian,
          GE_PRIVATE_IMPLICIT_VR_BIG_ENDIAN_PIXELS);

  /**
   * The syntax with this UID. One that is not known here is taken as every encapsulated syntax is
   * encoded, explicit VR little endian (PS3.5 A.4); ask {@link #isKnown} before relying on it.
   */
  public static TransferSyntax of(String uid) {
    boolean deflated = DEFLATED.contains(uid);
    boolean implicit = IMPLICIT.contains(uid);
    boolean bigEndian = uid.equals(Uid.ExplicitVRBigEndian);
    boolean encapsulated =
        !deflated
            && !implicit
            && !bigEndian
            && !REFERENCED.contains(uid)
            && !uid.equals(Uid.ExplicitVRLittleEndian);
    ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new TransferSyntax(uid, !implicit, order, deflated, encapsulated);
  }

  /** Whether PS3.6 registers it, or it is a private one this toolkit knows. */
  public boolean isKnown() {
    return uid.equals(GE_PRIVATE_IMPLICIT_VR_BIG_ENDIAN_PIXELS)
        || UidDictionary.find(uid)
            .filter(known -> known.type().equals("Transfer Syntax"))
            .isPresent();
  }

  public boolean bigEndian() {
    return byteOrder == ByteOrder.BIG_ENDIAN;
  }

  /** The registered name, or the UID where there is none. */
  public String name() {
    return UidDictionary.name(uid);
  }
}
