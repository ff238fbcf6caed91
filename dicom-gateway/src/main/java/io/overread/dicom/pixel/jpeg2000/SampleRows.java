package io.overread.dicom.pixel.jpeg2000;

/** Takes the samples of an image as they are decoded, tile by tile. */
@FunctionalInterface
public interface SampleRows {

  /**
   * Takes a part of a row.
   *
   * @param component from 0
   * @param row of the image, from 0
   * @param column where the part starts
   * @param samples the part, from index 0 on; signed ones are negative where they are
   * @param count how many samples the part has
   */
  void put(int component, int row, int column, int[] samples, int count);
}
