package io.overread.dicom.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * Counts the bytes of an input, so that every problem names its offset, and knows where it ends.
 */
final class DicomInput implements Closeable {

  static final long UNKNOWN_END = Long.MAX_VALUE;

  private final BufferedInputStream in;
  private final long end;
  private final long maximum;
  private long position;

  /**
   * @param position the offset of the stream's next byte, for messages and regions
   * @param end the offset after the last byte, {@link #UNKNOWN_END} for a stream
   */
  DicomInput(InputStream in, long position, long end) {
    this(in, position, end, Long.MAX_VALUE);
  }

  private DicomInput(InputStream in, long position, long end, long maximum) {
    this.in = new BufferedInputStream(in);
    this.position = position;
    this.end = end;
    this.maximum = maximum;
  }

  /** Of an inflated data set, which must not grow without end. */
  static DicomInput inflated(DeflatedDataSet in, ReadLimits limits) {
    return new DicomInput(in, 0, UNKNOWN_END, limits.inflated());
  }

  /** What follows, inflated, with offsets of its own. Closing it closes this input too. */
  DicomInput inflate(ReadLimits limits) {
    return inflated(new DeflatedDataSet(in), limits);
  }

  long position() {
    return position;
  }

  long end() {
    return end;
  }

  boolean atEnd() throws IOException {
    return position >= end || peek(1).length == 0;
  }

  /** The next bytes without taking them; fewer at the end of the input. */
  byte[] peek(int count) throws IOException {
    in.mark(count);
    byte[] bytes = read(count, 0);
    in.reset();
    return bytes;
  }

  int unsignedShort(ByteOrder order, int tag) throws IOException {
    byte[] bytes = bytes(2, tag);
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
  }

  long unsignedInt(ByteOrder order, int tag) throws IOException {
    long first = unsignedShort(order, tag);
    long second = unsignedShort(order, tag);
    return order == ByteOrder.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
  }

  int tag(ByteOrder order, int enclosing) throws IOException {
    int group = unsignedShort(order, enclosing);
    return TagNumber.of(group, unsignedShort(order, enclosing));
  }

  /** Memory is taken as bytes arrive: a length that the input does not have costs nothing. */
  byte[] bytes(int count, int tag) throws IOException {
    byte[] bytes = read(count, tag);
    if (bytes.length < count) {
      throw truncated(tag, position + bytes.length);
    }
    advance(count, tag);
    return bytes;
  }

  private byte[] read(int count, int tag) throws IOException {
    try {
      return in.readNBytes(count);
    } catch (ZipException | EOFException broken) {
      throw new DicomFormatException(tag, position, "the deflated data set is broken");
    }
  }

  void skip(long count, int tag) throws IOException {
    if (count > end - position || count > maximum - position) {
      throw truncated(tag, position);
    }
    try {
      in.skipNBytes(count);
    } catch (ZipException broken) {
      throw new DicomFormatException(tag, position, "the deflated data set is broken");
    } catch (EOFException early) {
      throw truncated(tag, position);
    }
    advance(count, tag);
  }

  private void advance(long count, int tag) {
    position += count;
    if (position > maximum) {
      throw new DicomFormatException(tag, position, "inflates to more than is accepted");
    }
  }

  private static DicomFormatException truncated(int tag, long offset) {
    return new DicomFormatException(tag, offset, "the input ends within the element");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
