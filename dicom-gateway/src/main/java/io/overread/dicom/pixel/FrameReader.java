package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Fragments;
import io.overread.dicom.dictionary.Tag;
import java.io.IOException;

/** Reads single frames of DICOM files without decoding them. Safe for use by several threads. */
public final class FrameReader {

  private final PixelLimits limits;

  /** Reads within limits. */
  public FrameReader(PixelLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a frame.
   *
   * @param frame from 1
   * @return its bytes, or why it has none, whatever is in the data set
   * @throws IOException if the file that holds the pixel data can't be read
   */
  public FrameReading read(DataSet dataSet, int frame) throws IOException {
    try {
      return new StoredFrame(bytes(dataSet, frame));
    } catch (PixelDataException refused) {
      return refused.toResult();
    }
  }

  private byte[] bytes(DataSet dataSet, int frame) throws IOException {
    Element pixelData =
        dataSet
            .find(Tag.PixelData)
            .filter(element -> !element.isEmpty())
            .orElseThrow(() -> PixelDataException.absent("no Pixel Data"));
    int numberOfFrames = ImagePixelModule.numberOfFrames(dataSet);
    if (frame < 1 || frame > numberOfFrames) {
      throw PixelDataException.absent("frame %d of %d".formatted(frame, numberOfFrames));
    }
    if (pixelData.value() instanceof Fragments fragments) {
      return EncapsulatedFrame.read(dataSet, fragments, numberOfFrames, frame, limits);
    }
    ImagePixel image = ImagePixelModule.read(dataSet);
    image.within(limits);
    return fromFirstBit(NativeFrame.packed(pixelData, image, numberOfFrames, frame, limits), image);
  }

  /** Frames of 1 bit follow each other without a gap; alone, one starts with its first byte. */
  private static byte[] fromFirstBit(NativeFrame.Packed packed, ImagePixel image) {
    int shift = packed.firstBit();
    if (shift == 0) {
      return packed.bytes();
    }
    long bits = (long) packed.samples() * image.bits().bitsAllocated();
    byte[] shifted = new byte[(int) ((bits + Byte.SIZE - 1) / Byte.SIZE)];
    byte[] bytes = packed.bytes();
    for (int index = 0; index < shifted.length; index++) {
      int low = (bytes[index] & 0xff) >>> shift;
      int high = index + 1 < bytes.length ? bytes[index + 1] << (Byte.SIZE - shift) : 0;
      shifted[index] = (byte) (low | high);
    }
    return shifted;
  }
}
