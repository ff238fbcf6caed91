package io.overread.dicom.pixel.jpeg2000;

/** Which context a decision is coded in (Tables D.1 to D.4), by the significance around. */
final class Contexts {
  private static final int SIGN = 9;
  private static final int REFINEMENT = 14;
  private static final int NEIGHBOURS = 0b111101111;

  /**
   * By three rows of three significance flags, the upper left one lowest: for LL and LH, for HL and
   * for HH.
   */
  private static final byte[][] ZERO_CODING = new byte[3][512];

  /**
   * By pairs of a significance and a sign flag, of the left, right, upper and lower neighbour: the
   * context, and above it whether the sign is the opposite of what is decoded.
   */
  static final byte[] SIGN_CODING = new byte[256];

  static {
    for (int flags = 0; flags < 512; flags++) {
      int across = bit(flags, 3) + bit(flags, 5);
      int down = bit(flags, 1) + bit(flags, 7);
      int diagonal = bit(flags, 0) + bit(flags, 2) + bit(flags, 6) + bit(flags, 8);
      ZERO_CODING[0][flags] = (byte) directed(across, down, diagonal);
      ZERO_CODING[1][flags] = (byte) directed(down, across, diagonal);
      ZERO_CODING[2][flags] = (byte) diagonal(across + down, diagonal);
    }
    for (int flags = 0; flags < 256; flags++) {
      int across = Math.clamp(contribution(flags) + contribution(flags >> 2), -1, 1);
      int down = Math.clamp(contribution(flags >> 4) + contribution(flags >> 6), -1, 1);
      boolean opposite = across < 0 || (across == 0 && down < 0);
      int context = SIGN + (opposite ? -1 : 1) * (3 * across + down);
      SIGN_CODING[flags] = (byte) (context | (opposite ? 0x80 : 0));
    }
  }

  private Contexts() {}

  /** The contexts of significance, by flags, for a band. */
  static byte[] zeroCoding(Band band) {
    return ZERO_CODING[band.right() == 0 ? 0 : band.lower() == 0 ? 1 : 2];
  }

  /** The context of a first refinement, by flags; that of later ones is two above the first. */
  static int firstRefinement(int flags) {
    return (flags & NEIGHBOURS) == 0 ? REFINEMENT : REFINEMENT + 1;
  }

  static int laterRefinement() {
    return REFINEMENT + 2;
  }

  private static int directed(int along, int across, int diagonal) {
    if (along == 2) {
      return 8;
    }
    if (along == 1) {
      return across > 0 ? 7 : diagonal > 0 ? 6 : 5;
    }
    return across > 0 ? 2 + across : Math.min(2, diagonal);
  }

  private static int diagonal(int straight, int diagonal) {
    return switch (diagonal) {
      case 0 -> Math.min(2, straight);
      case 1 -> 3 + Math.min(2, straight);
      case 2 -> straight > 0 ? 7 : 6;
      default -> 8;
    };
  }

  private static int contribution(int flags) {
    return (flags & 1) == 0 ? 0 : (flags & 2) == 0 ? 1 : -1;
  }

  private static int bit(int flags, int index) {
    return flags >> index & 1;
  }
}
