package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.data.Element;
import io.overread.dicom.data.Octets;
import io.overread.dicom.data.TransferSyntax;
import io.overread.dicom.dictionary.Tag;
import io.overread.dicom.dictionary.Uid;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;

/** Reads one group of the Overlay Plane Module (PS3.3 C.9.2) and Multi-frame Overlay (C.9.3). */
final class OverlayModule {
  private static final int LARGEST_SIDE = 0xffff;
  private static final int LONGEST_TEXT = 64;

  private final DataSet dataSet;
  private final int group;
  private final PixelLimits limits;

  OverlayModule(DataSet dataSet, int group, PixelLimits limits) {
    this.dataSet = dataSet;
    this.group = group;
    this.limits = limits;
  }

  /** The tag of an attribute of group 6000 in another group. */
  static int tag(int tagOf6000, int group) {
    return (group << Short.SIZE) | (tagOf6000 & 0xffff);
  }

  /** The plane, if the group has one for this frame. */
  Optional<Overlay> read(TransferSyntax transferSyntax, int frame) throws IOException {
    int rows = side(Tag.OverlayRows);
    int columns = side(Tag.OverlayColumns);
    if ((long) rows * columns > limits.maximumPixels()) {
      throw PixelDataException.tooLarge("%d x %d pixels".formatted(rows, columns));
    }
    Optional<Element> data =
        dataSet.find(tag(Tag.OverlayData, group)).filter(element -> !element.isEmpty());
    int plane = planeOf(frame);
    if (plane < 0 || (data.isPresent() && plane >= planes())) {
      return Optional.empty();
    }
    BitSet marked =
        data.isPresent()
            ? packed(data.get(), rows * columns, plane)
            : embedded(transferSyntax, rows, columns, frame);
    long[] origin = dataSet.integers(tag(Tag.OverlayOrigin, group));
    int top = origin.length == 2 ? within(origin[0]) : 1;
    int left = origin.length == 2 ? within(origin[1]) : 1;
    return Optional.of(
        new Overlay(
            group,
            text(Tag.OverlayType).equals("R")
                ? Overlay.Kind.REGION_OF_INTEREST
                : Overlay.Kind.GRAPHICS,
            text(Tag.OverlaySubtype),
            text(Tag.OverlayLabel),
            new OverlayBitmap(top - 1, left - 1, rows, columns, marked)));
  }

  private int side(int tagOf6000) {
    int side = dataSet.integer(tag(tagOf6000, group)).orElse(0);
    if (side < 1 || side > LARGEST_SIDE) {
      throw PixelDataException.malformed("Overlay Rows or Columns " + side);
    }
    return side;
  }

  private static int within(long origin) {
    return (int) Math.clamp(origin, -LARGEST_SIDE, LARGEST_SIDE);
  }

  private String text(int tagOf6000) {
    String text = dataSet.string(tag(tagOf6000, group)).orElse("");
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }

  /** Which plane of the group, from 0; a group that isn't multi-frame lies on every frame. */
  private int planeOf(int frame) {
    int multiFrame = tag(Tag.NumberOfFramesInOverlay, group);
    return dataSet.contains(multiFrame)
        ? frame - dataSet.integer(tag(Tag.ImageFrameOrigin, group)).orElse(1)
        : 0;
  }

  private int planes() {
    return dataSet.integer(tag(Tag.NumberOfFramesInOverlay, group)).orElse(1);
  }

  /** A bit a pixel, the first in the least significant bit, planes without a gap between them. */
  private BitSet packed(Element data, int pixels, int plane) throws IOException {
    if (!(data.value() instanceof Octets octets)) {
      throw PixelDataException.malformed("Overlay Data in fragments");
    }
    long firstBit = (long) pixels * plane;
    long from = firstBit / Byte.SIZE;
    long to = (firstBit + pixels + Byte.SIZE - 1) / Byte.SIZE;
    if (to > octets.length()) {
      throw PixelDataException.malformed(
          "Overlay Data of %d bytes where %d are needed".formatted(octets.length(), to));
    }
    byte[] bytes = NativeFrame.bytes(octets, data.vr(), from, (int) (to - from));
    int skipped = (int) (firstBit % Byte.SIZE);
    return BitSet.valueOf(bytes).get(skipped, skipped + pixels);
  }

  /**
   * A bit of each pixel's cell that the sample leaves free (retired, PS3.3 2004 C.9.2): the frame
   * is read as if that bit were the sample. Compression doesn't keep such bits (PS3.5 8.1.2), but
   * for run lengths.
   */
  private BitSet embedded(TransferSyntax transferSyntax, int rows, int columns, int frame)
      throws IOException {
    if (transferSyntax.encapsulated() && !transferSyntax.uid().equals(Uid.RLELossless)) {
      throw PixelDataException.unsupported("no Overlay Data, and compressed pixel cells");
    }
    ImagePixel image = ImagePixelModule.read(dataSet);
    int bit = dataSet.integer(tag(Tag.OverlayBitPosition, group)).orElse(0);
    StoredBits bits = image.bits();
    boolean free = bit > bits.highBit() || bit <= bits.highBit() - bits.bitsStored();
    if (!free || bit < 0 || bit >= bits.bitsAllocated() || image.samplesPerPixel() != 1) {
      throw PixelDataException.malformed("Overlay Bit Position " + bit + " without Overlay Data");
    }
    if (rows != image.rows() || columns != image.columns()) {
      throw PixelDataException.malformed("an embedded overlay of another size than the image");
    }
    DataSet asImage = dataSet.copy();
    asImage.putInteger(Tag.BitsStored, 1).putInteger(Tag.HighBit, bit);
    asImage.putInteger(Tag.PixelRepresentation, 0);
    return switch (new FrameDecoder(limits).decode(transferSyntax, asImage, frame)) {
      case DecodedFrame plane -> marked(plane.stored());
      case Undecodable undecodable -> throw PixelDataException.malformed(undecodable.reason());
    };
  }

  private static BitSet marked(FrameRaster plane) {
    BitSet marked = new BitSet(plane.size());
    for (int index = 0; index < plane.size(); index++) {
      if (plane.value(index) != 0) {
        marked.set(index);
      }
    }
    return marked;
  }
}
