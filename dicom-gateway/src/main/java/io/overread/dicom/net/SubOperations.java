package io.overread.dicom.net;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;

/**
 * How far the C-STORE sub-operations of a C-GET or C-MOVE have come, PS3.4 C.4.2.1.6 to C.4.2.1.9.
 *
 * @param remaining not yet tried
 * @param completed stored
 * @param failed not stored
 * @param warning stored with a reservation
 */
public record SubOperations(int remaining, int completed, int failed, int warning) {
  /** What a response says; what it leaves out is 0. */
  public static SubOperations of(DimseResponse response) {
    DataSet parameters = response.parameters();
    return new SubOperations(
        parameters.integer(Tag.NumberOfRemainingSuboperations).orElse(0),
        parameters.integer(Tag.NumberOfCompletedSuboperations).orElse(0),
        parameters.integer(Tag.NumberOfFailedSuboperations).orElse(0),
        parameters.integer(Tag.NumberOfWarningSuboperations).orElse(0));
  }

  /**
   * As elements of a response.
   *
   * @param withRemaining whether those that remain are told: of a pending or cancelled operation,
   *     not of one that ended (PS3.4 Table C.4-3)
   */
  public DataSet parameters(boolean withRemaining) {
    DataSet parameters = new DataSet();
    if (withRemaining) {
      parameters.putInteger(Tag.NumberOfRemainingSuboperations, bounded(remaining));
    }
    return parameters
        .putInteger(Tag.NumberOfCompletedSuboperations, bounded(completed))
        .putInteger(Tag.NumberOfFailedSuboperations, bounded(failed))
        .putInteger(Tag.NumberOfWarningSuboperations, bounded(warning));
  }

  /** The numbers are US. */
  private static int bounded(int number) {
    return Math.min(number, 0xFFFF);
  }
}
