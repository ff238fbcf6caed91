package io.overread.gateway.render;

import io.overread.dicom.pixel.FrameGeometry;
import io.overread.dicom.pixel.FrameRaster;
import io.overread.dicom.pixel.ModalityTransformation;
import io.overread.dicom.pixel.PixelSpacing;
import io.overread.dicom.pixel.Window;
import java.util.Optional;

/**
 * A frame for a viewer that applies windows itself.
 *
 * <p>Where the path from stored value to grey is a rescaling and a window, these are the stored
 * values, but for padding, which is in the darkest value that occurs. Otherwise there is less left
 * for the viewer to do: after a Modality LUT the values are that table's output; after a VOI LUT,
 * or from samples wider than 16 bits, they are finished grey, with the identity as window; PALETTE
 * COLOR and the YBR spaces come as RGB.
 *
 * @param raster 1 sample of 8 or 16 bits, or 3 samples of 8 bits, a pixel
 * @param rescale from a value to the modality's own
 * @param window in the modality's values
 * @param inverted true when the lowest value has to be shown white
 * @param geometry how large its pixels are, and where it lies
 * @param overlaid whether the frame's data set has overlay planes
 */
public record FramePixels(
    FrameRaster raster,
    ModalityTransformation.Rescale rescale,
    Window window,
    boolean inverted,
    FrameGeometry geometry,
    boolean overlaid)
    implements Pixels {

  private static final Window FINISHED_GREY = Window.spanning(0, 255);
  private static final ModalityTransformation.Rescale IDENTITY =
      new ModalityTransformation.Rescale(1, 0);

  /** Grey or colour of 8 bits with nothing left to do. */
  static FramePixels finished(FrameRaster raster, FrameGeometry geometry, boolean overlaid) {
    return new FramePixels(raster, IDENTITY, FINISHED_GREY, false, geometry, overlaid);
  }

  /** Factor from a value to the modality's own. */
  public double slope() {
    return rescale.slope();
  }

  /** Summand from a value to the modality's own. */
  public double intercept() {
    return rescale.intercept();
  }

  /** Size of a pixel, if known. */
  public Optional<PixelSpacing> spacing() {
    return geometry.spacing();
  }

  /** The values as bytes, row by row, the samples of a pixel together, words little endian. */
  public byte[] toLittleEndian() {
    var cells = raster.cells();
    byte[] bytes = new byte[cells.remaining()];
    cells.get(bytes);
    return bytes;
  }
}
