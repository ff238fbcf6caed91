package io.overread.dicom.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * JPEG of cosine transformed blocks, Huffman coded, of 8 or 12 bits: sequential (ITU-T T.81 Annex
 * F) and progressive (Annex G). Components come as they are; colour is converted elsewhere.
 */
final class JpegTransformed {
  private static final int MOST_SAMPLING = 4;
  private static final int LAST_COEFFICIENT = 63;
  private static final int MOST_LOW_BITS = 13;

  private final JpegStream stream;
  private final ImagePixel image;
  private final JpegTables tables = new JpegTables();
  private final InverseDct inverse;
  private final List<DctComponent> components = new ArrayList<>();
  private final List<DctCoefficients> coefficients = new ArrayList<>();
  private final boolean[] decoded;

  private JpegTransformed(JpegStream stream, ImagePixel image) {
    this.stream = stream;
    this.image = image;
    this.inverse = new InverseDct(stream.precision(), maximum(stream, image.bits()));
    this.decoded = new boolean[stream.components().size()];
  }

  /**
   * Decodes a stream.
   *
   * @param image of the size and with the components that the stream has
   * @return cells of {@link SampleCells}
   */
  static byte[] decode(JpegStream stream, ImagePixel image) {
    if (stream.precision() != 8 && stream.precision() != 12) {
      throw PixelDataException.malformed(stream.description());
    }
    return new JpegTransformed(stream, image).decode();
  }

  private byte[] decode() {
    makeRoom();
    for (JpegSegment segment : stream.segments()) {
      if (segment.marker() == JpegStream.SOS) {
        JpegScan scan = JpegScan.read(segment, stream.components());
        EntropyBits bits = new EntropyBits(segment);
        if (progressive()) {
          decodeProgressive(scan, bits);
        } else {
          decodeSequential(scan, bits);
        }
      } else {
        tables.define(segment);
      }
    }
    if (progressive()) {
      coefficients.forEach(each -> each.transform(inverse));
    }
    return cells();
  }

  /**
   * A stream of 12 bits often holds samples of fewer. Where the loss takes one beyond the Bits
   * Stored it stays white here; cut off as foreign bits are, it would turn black.
   */
  private static int maximum(JpegStream stream, StoredBits bits) {
    int largest = (1 << stream.precision()) - 1;
    boolean atTheBottom = bits.highBit() == bits.bitsStored() - 1;
    return bits.signed() || !atTheBottom ? largest : (int) Math.min(largest, bits.maximum());
  }

  private boolean progressive() {
    return stream.process() == JpegStream.SOF2_PROGRESSIVE;
  }

  private void makeRoom() {
    int horizontal = 1;
    int vertical = 1;
    for (JpegStream.Component component : stream.components()) {
      if (component.horizontal() < 1
          || component.horizontal() > MOST_SAMPLING
          || component.vertical() < 1
          || component.vertical() > MOST_SAMPLING) {
        throw PixelDataException.malformed("JPEG sampling factors out of range");
      }
      horizontal = Math.max(horizontal, component.horizontal());
      vertical = Math.max(vertical, component.vertical());
    }
    for (JpegStream.Component component : stream.components()) {
      if (horizontal % component.horizontal() != 0 || vertical % component.vertical() != 0) {
        throw PixelDataException.unsupported("JPEG components subsampled by a fraction");
      }
      DctComponent room = new DctComponent(component, image, horizontal, vertical);
      components.add(room);
      if (progressive()) {
        coefficients.add(new DctCoefficients(room));
      }
    }
  }

  /** Spectral selection isn't looked at: it can only be all, and some writers leave zeros there. */
  private void decodeSequential(JpegScan scan, EntropyBits bits) {
    List<DctComponent> selected = new ArrayList<>();
    for (JpegScan.Selected each : scan.selected()) {
      if (decoded[each.component()]) {
        throw PixelDataException.malformed("JPEG stream with two scans of a component");
      }
      decoded[each.component()] = true;
      selected.add(components.get(each.component()));
    }
    var blocks = new DctSequentialScan(scan, selected, tables, bits, inverse);
    new DctScan(selected, bits, tables.restartInterval(), blocks).decode();
  }

  private void decodeProgressive(JpegScan scan, EntropyBits bits) {
    boolean dc = scan.first() == 0;
    if (scan.last() > LAST_COEFFICIENT
        || scan.last() < scan.first()
        || (dc && scan.last() > 0)
        || (!dc && scan.selected().size() > 1)
        || scan.low() > MOST_LOW_BITS) {
      throw PixelDataException.malformed("JPEG progressive scan of no allowed kind (G.1.1.1)");
    }
    List<DctComponent> selected = new ArrayList<>();
    for (JpegScan.Selected each : scan.selected()) {
      coefficients.get(each.component()).advance(scan, tables);
      decoded[each.component()] = true;
      selected.add(components.get(each.component()));
    }
    var blocks = new DctProgressiveScan(scan, selected, tables, bits);
    new DctScan(selected, bits, tables.restartInterval(), blocks).decode();
  }

  private byte[] cells() {
    for (boolean complete : decoded) {
      if (!complete) {
        throw PixelDataException.malformed("JPEG stream without a scan of each component");
      }
    }
    SampleCells cells = new SampleCells(image, stream.precision());
    int across = components.stream().mapToInt(DctComponent::horizontal).max().orElseThrow();
    int down = components.stream().mapToInt(DctComponent::vertical).max().orElseThrow();
    int[] line = new int[image.columns() + 2 * MOST_SAMPLING];
    for (int index = 0; index < components.size(); index++) {
      DctComponent component = components.get(index);
      var enlarged =
          new Upsampling(component, across / component.horizontal(), down / component.vertical());
      for (int row = 0; row < image.rows(); row++) {
        enlarged.row(row, line);
        cells.put(row, index, line, 0);
      }
    }
    return cells.bytes();
  }
}
