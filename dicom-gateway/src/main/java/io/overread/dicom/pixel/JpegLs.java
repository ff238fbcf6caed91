package io.overread.dicom.pixel;

import java.util.List;

/** JPEG-LS, lossless and near-lossless (ITU-T T.87), of 2 to 16 bits. */
final class JpegLs {
  private static final int NOT_INTERLEAVED = 0;
  private static final int BY_SAMPLE = 2;

  private final JpegStream stream;
  private final ImagePixel image;
  private final SampleCells cells;
  private final boolean[] decoded;
  private JpegLsPreset preset = JpegLsPreset.NONE;
  private int linesBetweenRestarts;

  private JpegLs(JpegStream stream, ImagePixel image) {
    this.stream = stream;
    this.image = image;
    this.cells = new SampleCells(image, stream.precision());
    this.decoded = new boolean[stream.components().size()];
  }

  /** Decodes a frame; its colour space is the declared one. */
  static CodedFrame decode(byte[] frame, ImagePixel declared, PixelLimits limits) {
    JpegStream stream = JpegStream.read(frame);
    if (stream.process() != JpegStream.SOF55_JPEG_LS) {
      throw PixelDataException.unsupported(stream.description() + " declared as JPEG-LS");
    }
    if (stream.precision() < 2 || stream.precision() > Short.SIZE) {
      throw PixelDataException.malformed("JPEG-LS of " + stream.precision() + " bits");
    }
    if (stream.colorTransformed()) {
      throw PixelDataException.unsupported("JPEG-LS with a colour transformation");
    }
    stream.requireSizeOf(declared);
    ImagePixel image = declared.inCellsOf(stream.precision());
    image.within(limits);
    return new CodedFrame(image, new JpegLs(stream, image).decode());
  }

  private byte[] decode() {
    JpegStream.Component first = stream.components().getFirst();
    for (JpegStream.Component component : stream.components()) {
      if (component.horizontal() != first.horizontal()
          || component.vertical() != first.vertical()) {
        throw PixelDataException.unsupported("JPEG-LS with subsampled components");
      }
    }
    for (JpegSegment segment : stream.segments()) {
      switch (segment.marker()) {
        case JpegStream.LSE -> preset = JpegLsPreset.read(segment);
        case JpegStream.DRI -> linesBetweenRestarts = restartInterval(segment);
        case JpegStream.SOS -> decodeScan(segment);
        default -> throw PixelDataException.malformed("JPEG-LS with tables of another codec");
      }
    }
    for (boolean complete : decoded) {
      if (!complete) {
        throw PixelDataException.malformed("JPEG-LS stream without a scan of each component");
      }
    }
    return cells.bytes();
  }

  private void decodeScan(JpegSegment segment) {
    JpegScan scan = JpegScan.read(segment, stream.components());
    List<JpegScan.Selected> selected = scan.selected();
    int interleave = scan.last();
    if (interleave > BY_SAMPLE
        || (interleave == NOT_INTERLEAVED && selected.size() > 1)
        || scan.high() > 0) {
      throw PixelDataException.malformed("JPEG-LS scan with interleave mode " + interleave);
    }
    if (scan.low() > 0) {
      throw PixelDataException.unsupported("JPEG-LS with a point transform");
    }
    for (JpegScan.Selected each : selected) {
      if (each.dcTable() != 0 || each.acTable() != 0) {
        throw PixelDataException.unsupported("JPEG-LS with a mapping table");
      }
      if (decoded[each.component()]) {
        throw PixelDataException.malformed("JPEG-LS stream with two scans of a component");
      }
      decoded[each.component()] = true;
    }
    decodeLines(segment, scan, interleave == BY_SAMPLE && selected.size() > 1);
  }

  private void decodeLines(JpegSegment segment, JpegScan scan, boolean bySample) {
    int near = scan.first();
    List<JpegScan.Selected> selected = scan.selected();
    JpegLsPreset complete = preset.complete(stream.precision(), near);
    var lines =
        new JpegLsScan(new JpegLsBits(segment), complete, near, selected.size(), image.columns());
    for (int row = 0; row < image.rows(); row++) {
      if (linesBetweenRestarts > 0 && row > 0 && row % linesBetweenRestarts == 0) {
        lines.restart(row / linesBetweenRestarts - 1);
      }
      lines.decodeLines(bySample);
      for (int index = 0; index < selected.size(); index++) {
        cells.put(row, selected.get(index).component(), lines.line(index), 1);
      }
    }
  }

  /** In lines, of 16, 24 or 32 bits (C.2.5). */
  private static int restartInterval(JpegSegment segment) {
    int interval = 0;
    for (int index = 0; index < segment.length(); index++) {
      interval = interval << Byte.SIZE | segment.octet(index);
    }
    return interval;
  }
}
