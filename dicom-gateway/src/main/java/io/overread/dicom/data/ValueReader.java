package io.overread.dicom.data;

import io.overread.dicom.dictionary.Tag;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Decides for each value whether it is held in memory, left in its file or passed over. */
final class ValueReader {

  private final @Nullable Path file;
  private final long deflatedFrom;
  private final ReadLimits limits;
  private long memory;

  private ValueReader(@Nullable Path file, long deflatedFrom, ReadLimits limits) {
    this.file = file;
    this.deflatedFrom = deflatedFrom;
    this.limits = limits;
  }

  static ValueReader ofStream(ReadLimits limits) {
    return new ValueReader(null, Region.NOT_DEFLATED, limits);
  }

  /**
   * @param deflatedFrom where the deflated data set starts, or {@link Region#NOT_DEFLATED}
   */
  static ValueReader ofFile(Path file, long deflatedFrom, ReadLimits limits) {
    return new ValueReader(file, deflatedFrom, limits);
  }

  Octets read(DicomInput input, ElementHeader header, ByteOrder order) throws IOException {
    int tag = header.tag();
    if (header.length() > limits.valueInMemory() || (file != null && isPixelData(tag))) {
      return leave(input, tag, header.length(), order);
    }
    byte[] bytes = inMemory(input, tag, header.length());
    if (order == ByteOrder.BIG_ENDIAN) {
      Encoding.reverseWords(bytes, bytes.length, header.vr().wordLength());
    }
    return Bytes.owning(bytes);
  }

  /** Fragments of encapsulated pixel data are byte streams: no order applies. */
  Octets readFragment(DicomInput input, int tag, long length) throws IOException {
    return file == null
        ? readInMemory(input, tag, length)
        : leave(input, tag, length, ByteOrder.LITTLE_ENDIAN);
  }

  /** In memory if its length allows that. */
  Octets readInMemory(DicomInput input, int tag, long length) throws IOException {
    return length > limits.valueInMemory()
        ? leave(input, tag, length, ByteOrder.LITTLE_ENDIAN)
        : Bytes.owning(inMemory(input, tag, length));
  }

  private byte[] inMemory(DicomInput input, int tag, long length) throws IOException {
    memory += length;
    if (memory > limits.memory()) {
      throw new DicomFormatException(
          tag, input.position(), "values of more than %d bytes".formatted(limits.memory()));
    }
    return input.bytes((int) length, tag);
  }

  private Octets leave(DicomInput input, int tag, long length, ByteOrder order) throws IOException {
    long offset = input.position();
    input.skip(length, tag);
    return file == null
        ? new PassedOver(offset, length, order)
        : new Region(file, offset, length, order, deflatedFrom);
  }

  private static boolean isPixelData(int tag) {
    return tag == Tag.PixelData || tag == Tag.FloatPixelData || tag == Tag.DoubleFloatPixelData;
  }
}
