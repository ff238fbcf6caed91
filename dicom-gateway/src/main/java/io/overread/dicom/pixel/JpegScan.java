package io.overread.dicom.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * A scan header (ITU-T T.81 B.2.3, T.87 C.2.3).
 *
 * @param selected the components that are coded in it, in the order of the frame header
 * @param first start of the spectral selection; the predictor of lossless; NEAR of JPEG-LS
 * @param last end of the spectral selection; the interleave mode of JPEG-LS
 * @param high successive approximation, high bit position
 * @param low successive approximation, low bit position; the point transform of lossless
 */
record JpegScan(List<Selected> selected, int first, int last, int high, int low) {

  /**
   * A component of a scan.
   *
   * @param component its place in the frame header, from 0
   * @param dcTable destination of its DC table
   * @param acTable destination of its AC table
   */
  record Selected(int component, int dcTable, int acTable) {}

  /** Reads the header; refuses components that the frame doesn't have or that come twice. */
  static JpegScan read(JpegSegment segment, List<JpegStream.Component> components) {
    int count = segment.octet(0);
    if (count == 0 || segment.length() != 4 + 2 * count) {
      throw PixelDataException.malformed("JPEG scan header of the wrong length");
    }
    List<Selected> selected = new ArrayList<>();
    int next = 0;
    for (int index = 0; index < count; index++) {
      int identifier = segment.octet(1 + 2 * index);
      while (next < components.size() && components.get(next).identifier() != identifier) {
        next++;
      }
      if (next == components.size()) {
        throw PixelDataException.malformed("JPEG scan of a component that the frame lacks");
      }
      int tables = segment.octet(2 + 2 * index);
      selected.add(new Selected(next++, tables >> 4, tables & 0xf));
    }
    int parameters = 1 + 2 * count;
    int approximation = segment.octet(parameters + 2);
    return new JpegScan(
        List.copyOf(selected),
        segment.octet(parameters),
        segment.octet(parameters + 1),
        approximation >> 4,
        approximation & 0xf);
  }
}
