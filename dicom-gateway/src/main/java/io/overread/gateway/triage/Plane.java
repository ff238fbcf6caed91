package io.overread.gateway.triage;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where a slice lies in the patient (PS3.3 C.7.6.2.1.1).
 *
 * @param normal of length 1, the cross product of the directions of its rows and columns
 * @param distance of its first pixel from the origin along that normal, in mm
 */
public record Plane(Direction normal, double distance) {

  private static final double PARALLEL = 0.99;
  private static final double AXIAL = 0.7;

  /** A direction in the patient: to the left, to the back, to the head. */
  public record Direction(double x, double y, double z) {
    double dot(Direction other) {
      return x * other.x + y * other.y + z * other.z;
    }
  }

  /** From Image Position (Patient) and Image Orientation (Patient); null without them. */
  static @Nullable Plane of(DataSet position, DataSet orientation) {
    double[] at = position.decimals(Tag.ImagePositionPatient);
    double[] along = orientation.decimals(Tag.ImageOrientationPatient);
    if (at.length != 3 || along.length != 6) {
      return null;
    }
    double x = along[1] * along[5] - along[2] * along[4];
    double y = along[2] * along[3] - along[0] * along[5];
    double z = along[0] * along[4] - along[1] * along[3];
    double length = Math.sqrt(x * x + y * y + z * z);
    double distance = (at[0] * x + at[1] * y + at[2] * z) / length;
    if (!(length > 0.5 && length < 1.5) || !Double.isFinite(distance)) {
      return null;
    }
    return new Plane(new Direction(x / length, y / length, z / length), distance);
  }

  /** Whether both cut the patient in the same direction. */
  public boolean isParallelTo(Plane other) {
    return Math.abs(normal.dot(other.normal)) > PARALLEL;
  }

  /** Its place along the normal of a parallel one, in mm, whichever way its own normal points. */
  public double placeAlong(Plane other) {
    return normal.dot(other.normal) < 0 ? -distance : distance;
  }

  /** Whether it cuts the patient across, more or less. */
  public boolean isAxial() {
    return Math.abs(normal.z) > AXIAL;
  }
}
