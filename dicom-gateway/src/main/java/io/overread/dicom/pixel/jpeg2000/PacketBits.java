package io.overread.dicom.pixel.jpeg2000;

/** The bits of packet headers: after a byte of ones, one of seven bits follows (B.10.1). */
final class PacketBits {
  private static final int ONES = 0xff;

  private final Octets octets;
  private int octet;
  private int left;

  PacketBits(Octets octets) {
    this.octets = octets;
  }

  int bit() {
    if (left == 0) {
      left = octet == ONES ? 7 : 8;
      octet = octets.octet();
    }
    left--;
    return octet >> left & 1;
  }

  int bits(int count) {
    int value = 0;
    for (int index = 0; index < count; index++) {
      value = value << 1 | bit();
    }
    return value;
  }

  /** How many coding passes a code-block contributes (Table B.4). */
  int passes() {
    if (bit() == 0) {
      return 1;
    }
    if (bit() == 0) {
      return 2;
    }
    int few = bits(2);
    if (few < 3) {
      return 3 + few;
    }
    int more = bits(5);
    return more < 31 ? 6 + more : 37 + bits(7);
  }

  /** Ends a header: the rest of the byte is padding, and so is one behind a byte of ones. */
  void align() {
    if (octet == ONES) {
      octets.octet();
    }
    octet = 0;
    left = 0;
  }
}
