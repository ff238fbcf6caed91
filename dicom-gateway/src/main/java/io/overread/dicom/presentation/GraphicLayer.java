package io.overread.dicom.presentation;

import io.overread.dicom.data.DataSet;
import io.overread.dicom.dictionary.Tag;
import java.util.Optional;

/**
 * An item of the Graphic Layer Sequence (0070,0060), PS3.3 C.10.7.
 *
 * @param order layers of a higher one are drawn later
 * @param rgb the recommended colour
 */
public record GraphicLayer(String name, int order, int rgb) {
  private static final int WHITE = 0xffffff;

  static Optional<GraphicLayer> read(DataSet item) {
    int order = item.integer(Tag.GraphicLayerOrder).orElse(0);
    return item.string(Tag.GraphicLayer).map(name -> new GraphicLayer(name, order, color(item)));
  }

  /** Of a layer that the state doesn't describe. */
  static GraphicLayer undescribed(String name) {
    return new GraphicLayer(name, Integer.MAX_VALUE, WHITE);
  }

  private static int color(DataSet item) {
    long[] lab = item.integers(Tag.GraphicLayerRecommendedDisplayCIELabValue);
    if (lab.length == 3) {
      return CieLab.toRgb(lab[0], lab[1], lab[2]);
    }
    var grey = item.integer(Tag.GraphicLayerRecommendedDisplayGrayscaleValue);
    return grey.isPresent() ? ((grey.getAsInt() & 0xffff) >> Byte.SIZE) * 0x010101 : WHITE;
  }
}
