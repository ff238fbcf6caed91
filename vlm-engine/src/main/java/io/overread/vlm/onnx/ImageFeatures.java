package io.overread.vlm.onnx;

import io.overread.vlm.failure.ModelFormatException;
import java.util.List;

/**
 * What the vision encoder made of some images: for each image the same number of rows, one row for
 * each image token.
 */
public final class ImageFeatures {

  private final float[] values;
  private final int images;
  private final int width;

  ImageFeatures(float[] values, int images, int width) {
    this.values = values;
    this.images = images;
    this.width = width;
  }

  /** The features of several images one after another; each of the same shape. */
  public static ImageFeatures concatenated(List<ImageFeatures> parts) {
    ImageFeatures first = parts.getFirst();
    int images = 0;
    for (ImageFeatures part : parts) {
      if (part.width != first.width || part.rowsPerImage() != first.rowsPerImage()) {
        throw new ModelFormatException(
            "vision_encoder: image_features", "images of one study got different shapes");
      }
      images += part.images;
    }
    float[] values = new float[images * first.rowsPerImage() * first.width];
    int to = 0;
    for (ImageFeatures part : parts) {
      System.arraycopy(part.values, 0, values, to, part.values.length);
      to += part.values.length;
    }
    return new ImageFeatures(values, images, first.width);
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
    return rows() / images;
  }

  /** Numbers in a row: the decoder's hidden size. */
  public int width() {
    return width;
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
