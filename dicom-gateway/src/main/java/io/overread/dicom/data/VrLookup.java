package io.overread.dicom.data;

import io.overread.dicom.dictionary.DataElementDictionary;
import io.overread.dicom.dictionary.DictionaryEntry;
import io.overread.dicom.dictionary.Tag;

/** The representation that an element has where the data set does not say it (PS3.5 A.1). */
final class VrLookup {

  private VrLookup() {}

  /**
   * @param dataSet decides between US and SS by its own or an enclosing Pixel Representation
   *     (0028,0103)
   */
  static Vr of(int tag, DataSet dataSet) {
    if (TagNumber.isGroupLength(tag)) {
      return Vr.UL;
    }
    if (TagNumber.isPrivateCreator(tag)) {
      return Vr.LO;
    }
    if (TagNumber.isPrivate(tag)) {
      return Vr.UN;
    }
    String name =
        DataElementDictionary.find(tag).map(DictionaryEntry::valueRepresentation).orElse("");
    return switch (name) {
      case "US or SS" -> isSigned(dataSet) ? Vr.SS : Vr.US;
      case "OB or OW", "US or OW", "US or SS or OW" -> Vr.OW;
      default -> Vr.of(name).orElse(Vr.UN);
    };
  }

  private static boolean isSigned(DataSet dataSet) {
    for (DataSet level = dataSet; level != null; level = level.enclosing()) {
      if (level.contains(Tag.PixelRepresentation)) {
        return level.integer(Tag.PixelRepresentation).orElse(0) == 1;
      }
    }
    return false;
  }
}
