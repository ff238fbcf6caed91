package io.overread.dicom.pixel;

/** From the modality's values to grey (PS3.3 C.11.2). */
public sealed interface VoiTransformation permits Window, VoiTransformation.Table {

  /** The grey for a value, from 0 (the lowest) to 1 (the highest), before any inversion. */
  double level(double value);

  /** An item of the VOI LUT Sequence (0028,3010). */
  record Table(LookupTable table) implements VoiTransformation {
    @Override
    public double level(double value) {
      return (double) table.map(Math.round(value)) / table.maximum();
    }
  }
}
