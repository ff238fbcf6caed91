package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One pass over one input: elements, items and delimiters (PS3.5 7). */
final class DataSetParser {

  private final DicomInput input;
  private final TransferSyntax transferSyntax;
  private final ValueReader values;
  private final ReadLimits limits;
  private int elements;

  DataSetParser(
      DicomInput input, TransferSyntax transferSyntax, ValueReader values, ReadLimits limits) {
    this.input = input;
    this.transferSyntax = transferSyntax;
    this.values = values;
    this.limits = limits;
  }

  /**
   * Reads to the end of the input, or until a tag that is not below {@code stopTag}, whose four
   * bytes are then taken from the input.
   */
  DataSet parse(int stopTag) throws IOException {
    DataSet dataSet = new DataSet();
    Encoding encoding = Encoding.of(transferSyntax);
    while (!input.atEnd()) {
      int tag = input.tag(encoding.byteOrder(), 0);
      if (Integer.compareUnsigned(tag, stopTag) >= 0) {
        break;
      }
      element(dataSet, tag, encoding, input.end(), 0);
    }
    return dataSet;
  }

  /** Reads the elements of one group and leaves the input before the first tag of another. */
  DataSet parseGroup(int group) throws IOException {
    DataSet dataSet = new DataSet();
    Encoding encoding = Encoding.of(transferSyntax);
    while (true) {
      byte[] next = input.peek(2);
      if (next.length < 2 || encoding.unsigned(next[0], next[1]) != group) {
        return dataSet;
      }
      element(dataSet, input.tag(encoding.byteOrder(), 0), encoding, input.end(), 0);
    }
  }

  private void element(DataSet into, int tag, Encoding encoding, long end, int depth)
      throws IOException {
    long start = input.position() - 4;
    if (TagNumber.group(tag) == 0xFFFE) {
      throw new DicomFormatException(tag, start, "a delimiter where a data element is due");
    }
    count(tag);
    ElementHeader header = ElementHeader.read(input, tag, encoding, into, end);
    if (into.contains(tag)) {
      throw new DicomFormatException(tag, start, "the element occurs twice in its data set");
    }
    if (!header.isUndefinedLength() && header.length() > end - input.position()) {
      throw new DicomFormatException(
          tag, start, "its %d bytes exceed what holds it".formatted(header.length()));
    }
    into.append(new Element(tag, header.vr(), value(header, into, encoding, end, depth)));
  }

  private Value value(ElementHeader header, DataSet into, Encoding encoding, long end, int depth)
      throws IOException {
    if (header.vr() == Vr.SQ || (header.vr() == Vr.UN && header.isUndefinedLength())) {
      return sequence(header, into, encoding.ofItems(header.vr()), end, depth + 1);
    }
    if (!header.isUndefinedLength()) {
      Octets octets = values.read(input, header, byteOrder(header.tag(), encoding));
      boolean unknownSequence = header.vr() == Vr.UN && VrLookup.of(header.tag(), into) == Vr.SQ;
      return unknownSequence && octets instanceof Bytes bytes
          ? itemsWithin(bytes, header, into, depth)
          : octets;
    }
    if (encoding.explicitVr() && (header.vr() == Vr.OB || header.vr() == Vr.OW)) {
      return fragments(header.tag(), encoding, end);
    }
    throw new DicomFormatException(
        header.tag(), input.position(), header.vr() + " can't have an undefined length");
  }

  private ByteOrder byteOrder(int tag, Encoding encoding) {
    return tag == Tag.PixelData
            && transferSyntax.uid().equals(TransferSyntax.GE_PRIVATE_IMPLICIT_VR_BIG_ENDIAN_PIXELS)
        ? ByteOrder.BIG_ENDIAN
        : encoding.byteOrder();
  }

  /**
   * A sequence that its writer did not know is UN, in implicit VR little endian (PS3.5 6.2.2). One
   * that turns out to be something else stays the bytes it is.
   */
  private Value itemsWithin(Bytes bytes, ElementHeader header, DataSet into, int depth)
      throws IOException {
    DicomInput within = new DicomInput(bytes.open(), 0, bytes.length());
    ValueReader inMemory = ValueReader.ofStream(limits);
    DataSetParser parser = new DataSetParser(within, transferSyntax, inMemory, limits);
    parser.elements = elements;
    try {
      Encoding encoding = Encoding.IMPLICIT_LITTLE_ENDIAN;
      return parser.sequence(header, into, encoding, within.end(), depth + 1);
    } catch (DicomFormatException somethingElse) {
      return bytes;
    } finally {
      elements = parser.elements;
    }
  }

  private Sequence sequence(
      ElementHeader header, DataSet into, Encoding encoding, long enclosingEnd, int depth)
      throws IOException {
    int tag = header.tag();
    if (depth > limits.depth()) {
      throw new DicomFormatException(
          tag, input.position(), "sequences nest deeper than " + limits.depth());
    }
    boolean undefined = header.isUndefinedLength();
    long end = undefined ? enclosingEnd : input.position() + header.length();
    List<DataSet> items = new ArrayList<>();
    while (undefined || input.position() < end) {
      Delimiter next = Delimiter.read(input, tag, encoding, end);
      if (next.tag() == Tag.SequenceDelimitationItem && undefined) {
        break;
      }
      if (next.tag() != Tag.Item) {
        throw new DicomFormatException(
            tag,
            input.position() - Delimiter.LENGTH,
            TagNumber.toString(next.tag()) + " where an item is due");
      }
      count(tag);
      items.add(item(next, into, tag, encoding, end, depth));
    }
    return new Sequence(items, undefined);
  }

  private DataSet item(
      Delimiter start, DataSet into, int sequenceTag, Encoding encoding, long end, int depth)
      throws IOException {
    boolean undefined = start.isUndefinedLength();
    DataSet item = new DataSet();
    item.enclosedIn(into);
    item.undefinedLength(undefined);
    long itemEnd = undefined ? end : input.position() + start.length();
    while (undefined || input.position() < itemEnd) {
      if (itemEnd - input.position() < Delimiter.LENGTH) {
        throw new DicomFormatException(sequenceTag, input.position(), "an item ends too early");
      }
      int tag = input.tag(encoding.byteOrder(), sequenceTag);
      if (tag == Tag.ItemDelimitationItem && undefined) {
        input.skip(4, tag);
        break;
      }
      element(item, tag, encoding, itemEnd, depth);
    }
    return item;
  }

  private Fragments fragments(int tag, Encoding encoding, long end) throws IOException {
    List<Octets> fragments = new ArrayList<>();
    while (true) {
      Delimiter next = Delimiter.read(input, tag, encoding, end);
      if (next.tag() == Tag.SequenceDelimitationItem) {
        break;
      }
      if (next.tag() != Tag.Item || next.isUndefinedLength()) {
        throw new DicomFormatException(
            tag, input.position() - Delimiter.LENGTH, "a pixel data fragment is due");
      }
      count(tag);
      fragments.add(
          fragments.isEmpty()
              ? values.readInMemory(input, tag, next.length())
              : values.readFragment(input, tag, next.length()));
    }
    return fragments.isEmpty()
        ? new Fragments(Bytes.empty(), List.of())
        : new Fragments(fragments.getFirst(), fragments.subList(1, fragments.size()));
  }

  private void count(int tag) {
    elements++;
    if (elements > limits.elements()) {
      throw new DicomFormatException(
          tag, input.position(), "more than %d elements and items".formatted(limits.elements()));
    }
  }
}
