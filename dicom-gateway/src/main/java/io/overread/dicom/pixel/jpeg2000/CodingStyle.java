package io.overread.dicom.pixel.jpeg2000;

/**
 * What a COD or COC marker segment says of a component (Table A.20).
 *
 * @param levels of decomposition, 0 to 32
 * @param blockWidth logarithm of the width of code-blocks, xcb
 * @param blockHeight ycb
 * @param style of the code-blocks (Table A.19; T.814 adds two bits)
 * @param reversible whether the wavelet is the 5/3 one, else 9/7
 * @param precincts for each resolution the logarithms of the precinct's size, PPy in the upper four
 *     bits, PPx in the lower; empty where precincts are as large as can be
 */
record CodingStyle(
    int levels, int blockWidth, int blockHeight, int style, boolean reversible, byte[] precincts) {
  static final int BYPASS = 1;
  static final int RESET = 2;
  static final int TERMINATE_ALL = 4;
  static final int VERTICALLY_CAUSAL = 8;
  static final int SEGMENTATION_SYMBOLS = 0x20;
  static final int HIGH_THROUGHPUT = 0x40;
  static final int MIXED = 0x80;
  static final int MOST_LEVELS = 32;
  private static final int LARGEST = 15;

  static CodingStyle read(Octets segment, boolean withPrecincts) {
    int levels = segment.octet();
    int blockWidth = segment.octet() + 2;
    int blockHeight = segment.octet() + 2;
    int style = segment.octet();
    int wavelet = segment.octet();
    if (levels > MOST_LEVELS
        || blockWidth > 10
        || blockHeight > 10
        || blockWidth + blockHeight > 12
        || wavelet > 1) {
      throw CodestreamException.malformed("coding style out of range");
    }
    if ((style & MIXED) != 0) {
      throw CodestreamException.unsupported("with code-blocks of both kinds (HTMIXED)");
    }
    byte[] precincts = new byte[withPrecincts ? levels + 1 : 0];
    for (int resolution = 0; resolution < precincts.length; resolution++) {
      int sizes = segment.octet();
      if (resolution > 0 && ((sizes & 0xf) == 0 || sizes >> 4 == 0)) {
        throw CodestreamException.malformed("precincts of no size");
      }
      precincts[resolution] = (byte) sizes;
    }
    return new CodingStyle(levels, blockWidth, blockHeight, style, wavelet == 1, precincts);
  }

  boolean has(int flag) {
    return (style & flag) != 0;
  }

  /** PPx, the logarithm of the width of the precincts of a resolution. */
  int precinctWidth(int resolution) {
    return precincts.length == 0 ? LARGEST : precincts[resolution] & 0xf;
  }

  /** PPy. */
  int precinctHeight(int resolution) {
    return precincts.length == 0 ? LARGEST : (precincts[resolution] & 0xf0) >> 4;
  }
}
