package io.overread.dicom.pixel.jpeg2000;

/**
 * A volume of packets in an order of its own: a progression order change (A.6.6), or all packets of
 * a tile. The ends are outside.
 */
record ProgressionChange(
    int firstResolution,
    int firstComponent,
    int endLayer,
    int endResolution,
    int endComponent,
    int order) {
  static final int LRCP = 0;
  static final int RLCP = 1;
  static final int RPCL = 2;
  static final int PCRL = 3;
  static final int CPRL = 4;

  static ProgressionChange read(Octets segment, boolean wide) {
    int firstResolution = segment.octet();
    int firstComponent = wide ? segment.word() : segment.octet();
    int endLayer = segment.word();
    int endResolution = segment.octet();
    int endComponent = wide ? segment.word() : segment.octet();
    int order = segment.octet();
    if (order > CPRL) {
      throw CodestreamException.malformed("progression order " + order);
    }
    // An end of 0 stands for 256, which one byte can't hold.
    int end = endComponent == 0 ? Integer.MAX_VALUE : endComponent;
    return new ProgressionChange(
        firstResolution, firstComponent, endLayer, endResolution, end, order);
  }
}
