package io.overread.dicom.pixel;

import java.util.Random;

/** Samples to be coded in tests, and what came of them. */
public final class CodedSamples {
  static final PixelLimits LIMITS = new PixelLimits(1 << 20, 1 << 22);

  private CodedSamples() {}

  /** An image of so many bits, as the data set of one would have it. */
  static ImagePixel image(int rows, int columns, int samplesPerPixel, int bits) {
    PhotometricInterpretation photometric =
        samplesPerPixel == 1
            ? PhotometricInterpretation.MONOCHROME2
            : PhotometricInterpretation.RGB;
    int allocated = bits <= Byte.SIZE ? Byte.SIZE : Short.SIZE;
    return new ImagePixel(
        rows,
        columns,
        samplesPerPixel,
        photometric,
        false,
        new StoredBits(allocated, bits, bits - 1, false));
  }

  /** The full range of values, no neighbour like the other. */
  public static int[] noise(int count, int bits, long seed) {
    Random random = new Random(seed);
    return random.ints(count, 0, 1 << bits).toArray();
  }

  /** Slopes with flat parts and a little noise, as images have; the ends of the range, too. */
  public static int[] picture(int rows, int columns, int samplesPerPixel, int bits, long seed) {
    Random random = new Random(seed);
    int maximum = (1 << bits) - 1;
    int[] samples = new int[rows * columns * samplesPerPixel];
    for (int index = 0; index < samples.length; index++) {
      int pixel = index / samplesPerPixel;
      int row = pixel / columns;
      int column = pixel % columns;
      double wave = Math.sin(row / 5.0 + index % samplesPerPixel) * Math.cos(column / 7.0);
      int noise = column > columns / 2 ? random.nextInt(Math.max(2, maximum / 50)) : 0;
      samples[index] = Math.clamp((long) (maximum * (0.5 + 0.7 * wave)) + noise, 0, maximum);
    }
    return samples;
  }

  /** The numbers in the cells that a codec made. */
  static int[] of(CodedFrame frame) {
    ImagePixel image = frame.image();
    int bytes = image.bits().bitsAllocated() / Byte.SIZE;
    int[] samples = new int[(int) image.samples()];
    for (int index = 0; index < samples.length; index++) {
      samples[index] = frame.cells()[index * bytes] & 0xff;
      if (bytes == 2) {
        samples[index] |= (frame.cells()[2 * index + 1] & 0xff) << Byte.SIZE;
      }
    }
    return samples;
  }
}
