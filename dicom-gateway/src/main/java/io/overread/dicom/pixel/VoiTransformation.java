package io.overread.dicom.pixel;

/** From the modality's values to grey (PS3.3 C.11.2). */
public sealed interface VoiTransformation
    permits Window, VoiTransformation.Table, VoiTransformation.Presented {

  /** The grey for a value, from 0 (the lowest) to 1 (the highest), before any inversion. */
  double level(double value);

  /** An item of the VOI LUT Sequence (0028,3010). */
  record Table(LookupTable table) implements VoiTransformation {
    @Override
    public double level(double value) {
      return (double) table.map(Math.round(value)) / table.maximum();
    }
  }

  /**
   * A VOI transformation with a Presentation LUT after it (PS3.3 C.11.6): the range of the first's
   * output is the range of the table's input.
   */
  record Presented(VoiTransformation voi, LookupTable presentation) implements VoiTransformation {
    @Override
    public double level(double value) {
      long index = Math.round(voi.level(value) * (presentation.size() - 1));
      return (double) presentation.entry((int) index) / presentation.maximum();
    }
  }
}
