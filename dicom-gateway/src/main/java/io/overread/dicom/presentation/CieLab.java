package io.overread.dicom.presentation;

/** PCS-Values (PS3.3 C.10.7.1.1): CIELab under D50, in words, to sRGB. */
final class CieLab {
  private static final double WORDS = 65535;

  private CieLab() {}

  /** Red, green and blue of 8 bits each. */
  static int toRgb(long lightness, long a, long b) {
    double y = ((lightness & 0xffff) / WORDS * 100 + 16) / 116;
    double x = 0.9642 * cubed(y + ((a & 0xffff) / WORDS * 255 - 128) / 500);
    double z = 0.8249 * cubed(y - ((b & 0xffff) / WORDS * 255 - 128) / 200);
    double height = cubed(y);
    // D50 to linear sRGB, with the Bradford adaptation to D65 in it.
    return octet(3.1338561 * x - 1.6168667 * height - 0.4906146 * z) << 16
        | octet(-0.9787684 * x + 1.9161415 * height + 0.0334540 * z) << 8
        | octet(0.0719453 * x - 0.2289914 * height + 1.4052427 * z);
  }

  private static double cubed(double value) {
    return value > 6.0 / 29 ? value * value * value : (value - 4.0 / 29) * 108 / 841;
  }

  private static int octet(double linear) {
    double held = Math.clamp(linear, 0, 1);
    double encoded = held <= 0.0031308 ? 12.92 * held : 1.055 * Math.pow(held, 1 / 2.4) - 0.055;
    return (int) Math.round(encoded * 255);
  }
}
