package io.overread.vlm.onnx;

import io.overread.vlm.failure.ModelFormatException;
import java.util.Arrays;
import java.util.List;

/**
 * Where on each image each finding is seen: one flat array [images, findings, grid, grid], no
 * number negative.
 */
public final class FindingMaps {

  private final float[] values;
  private final int images;
  private final int findings;
  private final int grid;

  FindingMaps(float[] values, int images, int findings, int grid) {
    this.values = values;
    this.images = images;
    this.findings = findings;
    this.grid = grid;
  }

  static FindingMaps concatenated(List<FindingMaps> parts) {
    FindingMaps first = parts.getFirst();
    int images = 0;
    for (FindingMaps part : parts) {
      if (part.grid != first.grid) {
        throw new ModelFormatException(
            "vision_encoder", "images of one study got maps of different sizes");
      }
      images += part.images;
    }
    float[] values = new float[images * first.findings * first.grid * first.grid];
    int to = 0;
    for (FindingMaps part : parts) {
      System.arraycopy(part.values, 0, values, to, part.values.length);
      to += part.values.length;
    }
    return new FindingMaps(values, images, first.findings, first.grid);
  }

  /** Cells along each edge of a map. */
  public int grid() {
    return grid;
  }

  /**
   * A copy of one map, row after row from the top left.
   *
   * @param image from 0
   * @param finding from 0, in the order that the model states
   */
  public float[] map(int image, int finding) {
    if (image < 0 || image >= images || finding < 0 || finding >= findings) {
      throw new IndexOutOfBoundsException("map " + finding + " of image " + image);
    }
    int start = (image * findings + finding) * grid * grid;
    return Arrays.copyOfRange(values, start, start + grid * grid);
  }
}
