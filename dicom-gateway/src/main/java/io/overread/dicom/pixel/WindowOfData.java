package io.overread.dicom.pixel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The window for a frame whose data set asks for none.
 *
 * <ul>
 *   <li>Up to 8 bits stored: all that can be stored, black to white, for such images were made to
 *       be looked at as they are.
 *   <li>More bits: from the 0.5th to the 99.5th percentile of the modality's values in the frame,
 *       so that a marker or a few saturated pixels don't darken the rest; padding doesn't count.
 * </ul>
 */
final class WindowOfData {
  private static final double TAIL = 0.005;

  /** A modality value and how many pixels have it. */
  private record Count(double value, long pixels) {}

  private WindowOfData() {}

  static Window of(FrameRaster raster, StoredBits bits, Grayscale grayscale) {
    ModalityTransformation modality = grayscale.modality();
    if (bits.bitsStored() <= Byte.SIZE && modality instanceof ModalityTransformation.Rescale) {
      return between(modality.apply(bits.minimum()), modality.apply(bits.maximum()));
    }
    if (modality instanceof ModalityTransformation.Table(LookupTable table)
        && table.bits() <= Byte.SIZE) {
      return between(0, table.maximum());
    }
    return raster.bits() > Short.SIZE
        ? extremes(raster, grayscale)
        : percentiles(counts(raster, grayscale));
  }

  private static Window between(double one, double other) {
    return Window.spanning(Math.min(one, other), Math.max(one, other));
  }

  private static List<Count> counts(FrameRaster raster, Grayscale grayscale) {
    long[] histogram = new long[1 << raster.bits()];
    for (int index = 0; index < raster.size(); index++) {
      histogram[raster.code(index)]++;
    }
    List<Count> counts = new ArrayList<>();
    List<Count> padding = new ArrayList<>();
    for (int code = 0; code < histogram.length; code++) {
      if (histogram[code] > 0) {
        long stored = raster.meaning(code);
        boolean padded = grayscale.padding().filter(pad -> pad.contains(stored)).isPresent();
        (padded ? padding : counts)
            .add(new Count(grayscale.modality().apply(stored), histogram[code]));
      }
    }
    return counts.isEmpty() ? padding : counts;
  }

  private static Window percentiles(List<Count> counts) {
    counts.sort(Comparator.comparingDouble(Count::value));
    double tail = TAIL * counts.stream().mapToLong(Count::pixels).sum();
    double lowest = beyond(counts, tail);
    double highest = beyond(counts.reversed(), tail);
    return lowest < highest
        ? Window.spanning(lowest, highest)
        : Window.spanning(counts.getFirst().value(), counts.getLast().value());
  }

  /** The first value with more than {@code tail} pixels up to and including it. */
  private static double beyond(List<Count> counts, double tail) {
    double seen = 0;
    for (Count count : counts) {
      seen += count.pixels();
      if (seen > tail) {
        return count.value();
      }
    }
    throw new IllegalStateException("no pixels");
  }

  /** Too many different values for a histogram: the lowest and the highest. */
  private static Window extremes(FrameRaster raster, Grayscale grayscale) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int index = 0; index < raster.size(); index++) {
      long stored = raster.value(index);
      if (grayscale.padding().filter(pad -> pad.contains(stored)).isEmpty()) {
        double value = grayscale.modality().apply(stored);
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
    return lowest <= highest ? Window.spanning(lowest, highest) : Window.spanning(0, 1);
  }
}
