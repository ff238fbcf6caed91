package io.overread.dicom.pixel;

import java.util.Optional;

/**
 * How the stored values of a monochrome frame become grey: modality transformation, then VOI
 * transformation, then the inversion of MONOCHROME1 or Presentation LUT Shape INVERSE.
 *
 * @param voi what the data set asks for: its first window, else its first VOI LUT; empty when it
 *     asks for nothing
 * @param inverted true when the lowest output is shown white
 * @param padding the stored values that aren't part of the image
 */
public record Grayscale(
    ModalityTransformation modality,
    Optional<VoiTransformation> voi,
    boolean inverted,
    Optional<PixelPadding> padding)
    implements Presentation {
  private static final int WHITE = 0xff;

  /**
   * The grey of each pixel, 0 black to 255 white: the output range of the VOI transformation
   * stretched to 8 bits and rounded to the nearest.
   */
  public byte[] eightBits(FrameRaster raster, VoiTransformation transformation) {
    byte[] greys = new byte[raster.size()];
    if (raster.bits() > Short.SIZE) {
      for (int index = 0; index < greys.length; index++) {
        greys[index] = grey(raster.value(index), transformation);
      }
      return greys;
    }
    byte[] table = new byte[1 << raster.bits()];
    for (int code = 0; code < table.length; code++) {
      table[code] = grey(raster.meaning(code), transformation);
    }
    for (int index = 0; index < greys.length; index++) {
      greys[index] = table[raster.code(index)];
    }
    return greys;
  }

  /**
   * The frame after its modality LUT, as cells of 8 or 16 bits without sign; the frame itself where
   * the modality transformation is a rescaling.
   */
  public FrameRaster tabulated(FrameRaster raster) {
    if (!(modality instanceof ModalityTransformation.Table(LookupTable table))) {
      return raster;
    }
    int octets = table.bits() > Byte.SIZE ? Short.BYTES : Byte.BYTES;
    byte[] cells = new byte[raster.size() * octets];
    for (int index = 0; index < raster.size(); index++) {
      int value = table.map(raster.value(index));
      cells[index * octets] = (byte) value;
      if (octets > Byte.BYTES) {
        cells[index * octets + 1] = (byte) (value >> Byte.SIZE);
      }
    }
    return new FrameRaster(raster.rows(), raster.columns(), 1, octets * Byte.SIZE, false, cells);
  }

  /**
   * The frame with padding in the values that are shown darkest, for a viewer that knows nothing of
   * padding; the frame itself where there is none.
   */
  public FrameRaster withoutPadding(FrameRaster raster) {
    if (padding.isEmpty() || raster.bits() > Short.SIZE) {
      return raster;
    }
    int darkest = -1;
    boolean padded = false;
    boolean[] seen = raster.codesSeen();
    for (int code = 0; code < seen.length; code++) {
      boolean pad = seen[code] && padding.get().contains(raster.meaning(code));
      padded |= pad;
      if (seen[code] && !pad && (darkest < 0 || darker(raster, code, darkest))) {
        darkest = code;
      }
    }
    return padded && darkest >= 0 ? raster.replacing(padding.get(), darkest) : raster;
  }

  private boolean darker(FrameRaster raster, int code, int than) {
    double value = modality.apply(raster.meaning(code));
    double other = modality.apply(raster.meaning(than));
    return inverted ? value > other : value < other;
  }

  /** Padding is background whatever the window and its polarity (PS3.3 C.7.5.1.1.2): black. */
  private byte grey(long stored, VoiTransformation transformation) {
    if (padding.isPresent() && padding.get().contains(stored)) {
      return 0;
    }
    int grey = (int) Math.round(transformation.level(modality.apply(stored)) * WHITE);
    return (byte) (inverted ? WHITE - grey : grey);
  }
}
