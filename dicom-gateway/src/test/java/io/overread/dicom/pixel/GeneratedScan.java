package io.overread.dicom.pixel;

import java.io.ByteArrayOutputStream;

/** Writes markers and entropy-coded bits of JPEG and JPEG-LS streams made up for tests. */
final class GeneratedScan {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean stuffingBits;
  private int pending;
  private int pendingBits;
  private boolean after255;

  /** With a zero bit stuffed after 0xFF as in JPEG-LS, or a zero byte as in JPEG. */
  GeneratedScan(boolean stuffingBits) {
    this.stuffingBits = stuffingBits;
  }

  /** A marker that stands alone. */
  GeneratedScan marker(int marker) {
    bytes.write(0xff);
    bytes.write(marker);
    return this;
  }

  /** A marker segment of these bytes. */
  GeneratedScan segment(int marker, int... parameters) {
    marker(marker);
    bytes.write((parameters.length + 2) >> 8);
    bytes.write(parameters.length + 2);
    for (int parameter : parameters) {
      bytes.write(parameter);
    }
    return this;
  }

  /** The lowest bits of a number, up to 32 of them. */
  void bits(int value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      pending = pending << 1 | (value >>> bit & 1);
      pendingBits++;
      if (pendingBits == (after255 && stuffingBits ? 7 : 8)) {
        flush();
      }
    }
  }

  /** Ends the data: ones fill the last byte in JPEG, zeros in JPEG-LS, where none ends in 0xFF. */
  void align() {
    while (pendingBits > 0 || (after255 && stuffingBits)) {
      bits(stuffingBits ? 0 : 1, 1);
    }
    after255 = false;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void flush() {
    bytes.write(pending);
    after255 = pending == 0xff;
    if (after255 && !stuffingBits) {
      bytes.write(0);
    }
    pending = 0;
    pendingBits = 0;
  }
}
