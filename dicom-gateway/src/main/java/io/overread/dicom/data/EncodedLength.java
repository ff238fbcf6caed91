package io.overread.dicom.data;

import java.util.IdentityHashMap;

/** How many bytes elements take in one encoding, each data set measured once. */
final class EncodedLength {

  private final LengthEncoding lengthEncoding;
  private final IdentityHashMap<DataSet, Long> measured = new IdentityHashMap<>();

  EncodedLength(LengthEncoding lengthEncoding) {
    this.lengthEncoding = lengthEncoding;
  }

  /** Of all elements of a data set. */
  long of(DataSet dataSet, Encoding encoding) {
    Long known = measured.get(dataSet);
    if (known != null) {
      return known;
    }
    long length = 0;
    for (Element element : dataSet) {
      length += of(element, encoding);
    }
    measured.put(dataSet, length);
    return length;
  }

  /** Of one element with its header. */
  long of(Element element, Encoding encoding) {
    return headerLength(element, encoding)
        + switch (element.value()) {
          case Octets octets -> even(octets.length());
          case Sequence sequence ->
              ofItems(sequence, encoding.ofItems(element.vr()))
                  + (isUndefined(sequence) ? Delimiter.LENGTH : 0);
          case Fragments fragments -> ofFragments(fragments);
        };
  }

  /** Of the items with their headers, without what ends the sequence. */
  long ofItems(Sequence sequence, Encoding encoding) {
    long length = 0;
    for (DataSet item : sequence.items()) {
      length += Delimiter.LENGTH + of(item, encoding);
      length += isUndefined(item) ? Delimiter.LENGTH : 0;
    }
    return length;
  }

  /** Of the elements of one group, without its group length element. */
  long ofGroup(DataSet dataSet, int group, Encoding encoding) {
    long length = 0;
    for (Element element : dataSet) {
      if (TagNumber.group(element.tag()) == group && !TagNumber.isGroupLength(element.tag())) {
        length += of(element, encoding);
      }
    }
    return length;
  }

  boolean isUndefined(Sequence sequence) {
    return lengthEncoding.isUndefined(sequence.undefinedLength());
  }

  boolean isUndefined(DataSet item) {
    return lengthEncoding.isUndefined(item.undefinedLength());
  }

  static long even(long length) {
    return length + (length & 1);
  }

  private static long ofFragments(Fragments fragments) {
    long length = 2 * Delimiter.LENGTH + even(fragments.basicOffsetTable().length());
    for (Octets fragment : fragments.fragments()) {
      length += Delimiter.LENGTH + even(fragment.length());
    }
    return length;
  }

  private static int headerLength(Element element, Encoding encoding) {
    return encoding.explicitVr() && writtenVr(element).hasLongLength() ? 12 : 8;
  }

  /** A value too long for the 16-bit length of its representation stands as UN (PS3.5 6.2.2). */
  static Vr writtenVr(Element element) {
    return !element.vr().hasLongLength() && element.length() > 0xFFFE ? Vr.UN : element.vr();
  }
}
