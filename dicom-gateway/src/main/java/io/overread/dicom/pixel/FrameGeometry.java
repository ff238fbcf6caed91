package io.overread.dicom.pixel;

import java.util.Optional;

/**
 * How large the pixels of a frame are, and where the frame lies.
 *
 * @param spacing if the data set tells it
 * @param pixelAspectRatio height of a pixel divided by its width; 1 unless the data set tells
 * @param plane where it lies in the patient, if the data set tells it
 * @param content which frame of a multi-frame object it is
 */
public record FrameGeometry(
    Optional<PixelSpacing> spacing,
    double pixelAspectRatio,
    Optional<ImagePlane> plane,
    FrameContent content) {

  static FrameGeometry read(FrameAttributes attributes) {
    return new FrameGeometry(
        PixelMeasures.spacing(attributes),
        PixelMeasures.aspectRatio(attributes),
        ImagePlane.read(attributes),
        FrameContent.read(attributes));
  }
}
