package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;

/**
 * Spatial Transformation Module (PS3.3 C.10.6).
 *
 * @param rotation degrees clockwise: 0, 90, 180 or 270
 * @param flipped whether left and right are exchanged after that
 */
public record SpatialTransformation(int rotation, boolean flipped) {

  static SpatialTransformation read(DataSet dataSet) {
    int rotation = dataSet.integer(Tag.ImageRotation).orElse(0);
    return new SpatialTransformation(
        isRightAngle(rotation) ? rotation : 0,
        dataSet.string(Tag.ImageHorizontalFlip).orElse("N").equals("Y"));
  }

  static boolean isRightAngle(int rotation) {
    return rotation == 0 || rotation == 90 || rotation == 180 || rotation == 270;
  }

  /** Whether rows become columns. */
  public boolean transposes() {
    return rotation % 180 != 0;
  }
}
