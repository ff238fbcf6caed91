package io.overread.gateway.instance;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Knows the objects that this product made when they come back from an archive. They are stored as
 * any others, and draft nothing: a draft of a draft would be sent, come back, and so on for ever.
 *
 * <p>An object of ours names us as processing equipment (IHE AIR), which also holds for those of
 * another installation. Archives that rewrite objects may drop that; then its UIDs tell.
 */
public final class OwnResults {

  /** Manufacturer (0008,0070) of the objects we make. */
  public static final String MANUFACTURER = "Overread";

  /** Purpose of Reference of the item that says so: Processing Equipment (PS3.16 CID 7005). */
  public static final String PROCESSING_EQUIPMENT = "109102";

  /** What we make; nothing else is looked up. */
  private static final Set<String> MADE =
      Set.of(
          Uid.Comprehensive3DSRStorage,
          Uid.EncapsulatedPDFStorage,
          Uid.SecondaryCaptureImageStorage);

  private final BiPredicate<String, String> sent;

  /**
   * Knows them by what was made here, too.
   *
   * @param sent whether a SOP Instance UID or a Series Instance UID is that of an object we made
   */
  public OwnResults(BiPredicate<String, String> sent) {
    this.sent = sent;
  }

  /** Knows them by their equipment alone. */
  public static OwnResults byEquipment() {
    return new OwnResults((instance, series) -> false);
  }

  /** Whether we made the object. */
  boolean include(InstanceHeader header) {
    return header.ownEquipment()
        || (MADE.contains(header.image().sopClassUid())
            && sent.test(header.sopInstanceUid(), header.arrival().seriesInstanceUid()));
  }

  /** Whether the object names us as the equipment that processed it. */
  static boolean namesOurEquipment(DataSet dataSet) {
    return dataSet.items(Tag.ContributingEquipmentSequence).stream().anyMatch(OwnResults::isOurs);
  }

  private static boolean isOurs(DataSet equipment) {
    Optional<String> purpose =
        equipment.item(Tag.PurposeOfReferenceCodeSequence).flatMap(it -> it.string(Tag.CodeValue));
    return purpose.equals(Optional.of(PROCESSING_EQUIPMENT))
        && equipment.string(Tag.Manufacturer).equals(Optional.of(MANUFACTURER));
  }
}
