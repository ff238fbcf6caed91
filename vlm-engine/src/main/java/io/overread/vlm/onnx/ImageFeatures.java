package io.overread.vlm.onnx;

import io.overread.vlm.failure.ModelFormatException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the vision encoder made of some images: for each image the same number of rows, one row for
 * each image token; and where the findings are seen, of a model that shows it.
 */
public final class ImageFeatures {

  private final float[] values;
  private final int images;
  private final int width;
  private final @Nullable FindingMaps maps;

  ImageFeatures(float[] values, int images, int width, @Nullable FindingMaps maps) {
    this.values = values;
    this.images = images;
    this.width = width;
    this.maps = maps;
  }

  /** The features of no image. */
  public static ImageFeatures none(int width) {
    return new ImageFeatures(new float[0], 0, width, null);
  }

  /** The features of several images one after another; each of the same shape. */
  public static ImageFeatures concatenated(List<ImageFeatures> parts) {
    ImageFeatures first = parts.getFirst();
    int images = 0;
    List<FindingMaps> maps = new ArrayList<>();
    for (ImageFeatures part : parts) {
      if (part.width != first.width || part.rowsPerImage() != first.rowsPerImage()) {
        throw new ModelFormatException(
            "vision_encoder: image_features", "images of one study got different shapes");
      }
      images += part.images;
      if (part.maps != null) {
        maps.add(part.maps);
      }
    }
    float[] values = new float[images * first.rowsPerImage() * first.width];
    int to = 0;
    for (ImageFeatures part : parts) {
      System.arraycopy(part.values, 0, values, to, part.values.length);
      to += part.values.length;
    }
    return new ImageFeatures(
        values, images, first.width, maps.isEmpty() ? null : FindingMaps.concatenated(maps));
  }

  /** How many images there were. */
  public int images() {
    return images;
  }

  /** Rows in all. */
  public int rows() {
    return values.length / width;
  }

  /** Rows for each image. */
  public int rowsPerImage() {
    return images == 0 ? 0 : rows() / images;
  }

  /** Numbers in a row: the decoder's hidden size. */
  public int width() {
    return width;
  }

  /** Where the findings are seen; null of a model that makes no maps. */
  public @Nullable FindingMaps maps() {
    return maps;
  }

  /** Copies one row to where a token's embedding lies. */
  public void copyRow(int row, float[] target, int offset) {
    System.arraycopy(values, row * width, target, offset, width);
  }

  /** Every number, row after row. */
  public float[] toArray() {
    return values.clone();
  }
}
