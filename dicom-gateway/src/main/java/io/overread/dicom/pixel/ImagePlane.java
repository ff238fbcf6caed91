package io.overread.dicom.pixel;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Where a frame lies in the patient: Image Position and Image Orientation (Patient), PS3.3
 * C.7.6.2.1.1, or the functional groups that stand for them (C.7.6.16.2.3, C.7.6.16.2.4).
 *
 * @param position x, y and z of the centre of the first pixel, millimetres
 * @param orientation the direction cosines of a row, then of a column
 */
public record ImagePlane(List<Double> position, List<Double> orientation) {
  private static final double UNIT_TOLERANCE = 0.01;

  /** Refuses what is no position and no pair of directions. */
  public ImagePlane {
    position = List.copyOf(position);
    orientation = List.copyOf(orientation);
    if (position.size() != 3 || orientation.size() != 6) {
      throw new IllegalArgumentException("a plane takes 3 and 6 numbers");
    }
  }

  static Optional<ImagePlane> read(FrameAttributes attributes) {
    double[] position = values(attributes, Tag.PlanePositionSequence, Tag.ImagePositionPatient);
    double[] orientation =
        values(attributes, Tag.PlaneOrientationSequence, Tag.ImageOrientationPatient);
    if (position.length != 3 || !finite(position) || !directions(orientation)) {
      return Optional.empty();
    }
    return Optional.of(new ImagePlane(list(position), list(orientation)));
  }

  private static double[] values(FrameAttributes attributes, int macroSequence, int tag) {
    DataSet group = attributes.group(macroSequence);
    return group.decimals(tag);
  }

  private static boolean finite(double[] values) {
    return DoubleStream.of(values).allMatch(Double::isFinite);
  }

  private static boolean directions(double[] cosines) {
    return cosines.length == 6
        && Math.abs(length(cosines, 0) - 1) < UNIT_TOLERANCE
        && Math.abs(length(cosines, 3) - 1) < UNIT_TOLERANCE;
  }

  private static double length(double[] cosines, int from) {
    return Math.hypot(Math.hypot(cosines[from], cosines[from + 1]), cosines[from + 2]);
  }

  private static List<Double> list(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }
}
