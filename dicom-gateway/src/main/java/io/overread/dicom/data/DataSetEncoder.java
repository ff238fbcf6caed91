package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;

/** Lays elements out in bytes (PS3.5 7.1, 7.5, A.4). */
final class DataSetEncoder {

  private static final int BLOCK = 8192;

  private final OutputStream out;
  private final EncodedLength lengths;

  DataSetEncoder(OutputStream out, EncodedLength lengths) {
    this.out = out;
    this.lengths = lengths;
  }

  void write(DataSet dataSet, Encoding encoding) throws IOException {
    for (Element element : dataSet) {
      if (TagNumber.isGroupLength(element.tag())) {
        long length = lengths.ofGroup(dataSet, TagNumber.group(element.tag()), encoding);
        Bytes value = NumberValues.ofIntegers(Vr.UL, length);
        write(new Element(element.tag(), Vr.UL, value), encoding);
      } else {
        write(element, encoding);
      }
    }
  }

  private void write(Element element, Encoding encoding) throws IOException {
    switch (element.value()) {
      case Octets octets -> {
        header(element, EncodedLength.even(octets.length()), encoding);
        octets(octets, element.vr(), encoding.byteOrder());
      }
      case Sequence sequence -> sequence(element, sequence, encoding);
      case Fragments fragments -> fragments(element, fragments, encoding);
    }
  }

  private void sequence(Element element, Sequence sequence, Encoding encoding) throws IOException {
    Encoding ofItems = encoding.ofItems(element.vr());
    boolean undefined = lengths.isUndefined(sequence);
    header(
        element,
        undefined ? ElementHeader.UNDEFINED : lengths.ofItems(sequence, ofItems),
        encoding);
    for (DataSet item : sequence.items()) {
      if (lengths.isUndefined(item)) {
        delimiter(Tag.Item, ElementHeader.UNDEFINED, ofItems);
        write(item, ofItems);
        delimiter(Tag.ItemDelimitationItem, 0, ofItems);
      } else {
        delimiter(Tag.Item, lengths.of(item, ofItems), ofItems);
        write(item, ofItems);
      }
    }
    if (undefined) {
      delimiter(Tag.SequenceDelimitationItem, 0, ofItems);
    }
  }

  private void fragments(Element element, Fragments fragments, Encoding encoding)
      throws IOException {
    if (!encoding.explicitVr()) {
      throw new IllegalArgumentException("Encapsulated pixel data needs explicit VR (PS3.5 A.4)");
    }
    header(element, ElementHeader.UNDEFINED, encoding);
    fragment(fragments.basicOffsetTable(), encoding);
    for (Octets fragment : fragments.fragments()) {
      fragment(fragment, encoding);
    }
    delimiter(Tag.SequenceDelimitationItem, 0, encoding);
  }

  private void fragment(Octets fragment, Encoding encoding) throws IOException {
    delimiter(Tag.Item, EncodedLength.even(fragment.length()), encoding);
    octets(fragment, Vr.OB, encoding.byteOrder());
  }

  private void header(Element element, long length, Encoding encoding) throws IOException {
    tag(element.tag(), encoding.byteOrder());
    Vr vr = EncodedLength.writtenVr(element);
    if (length > ElementHeader.UNDEFINED) {
      throw new IllegalArgumentException(element + " is too long to be written");
    }
    if (!encoding.explicitVr()) {
      unsignedInt(length, encoding.byteOrder());
      return;
    }
    out.write(vr.code() >>> 8);
    out.write(vr.code());
    if (vr.hasLongLength()) {
      unsignedShort(0, encoding.byteOrder());
      unsignedInt(length, encoding.byteOrder());
    } else {
      unsignedShort((int) length, encoding.byteOrder());
    }
  }

  private void delimiter(int tag, long length, Encoding encoding) throws IOException {
    tag(tag, encoding.byteOrder());
    unsignedInt(length, encoding.byteOrder());
  }

  private void octets(Octets octets, Vr vr, ByteOrder order) throws IOException {
    int wordLength = octets.byteOrder() == order ? 1 : vr.wordLength();
    try (InputStream in = octets.open()) {
      byte[] block = new byte[(int) Math.min(BLOCK, octets.length())];
      for (long left = octets.length(); left > 0; ) {
        int count = in.readNBytes(block, 0, (int) Math.min(BLOCK, left));
        if (count == 0) {
          throw new IOException("A value's file is shorter than when it was opened");
        }
        if (wordLength > 1) {
          Encoding.reverseWords(block, count, wordLength);
        }
        out.write(block, 0, count);
        left -= count;
      }
    }
    if (octets.length() % 2 != 0) {
      out.write(vr.padding());
    }
  }

  private void tag(int tag, ByteOrder order) throws IOException {
    unsignedShort(TagNumber.group(tag), order);
    unsignedShort(TagNumber.element(tag), order);
  }

  private void unsignedInt(long value, ByteOrder order) throws IOException {
    boolean bigEndian = order == ByteOrder.BIG_ENDIAN;
    unsignedShort((int) (bigEndian ? value >>> 16 : value), order);
    unsignedShort((int) (bigEndian ? value : value >>> 16), order);
  }

  private void unsignedShort(int value, ByteOrder order) throws IOException {
    boolean bigEndian = order == ByteOrder.BIG_ENDIAN;
    out.write(bigEndian ? value >>> 8 : value);
    out.write(bigEndian ? value : value >>> 8);
  }
}
