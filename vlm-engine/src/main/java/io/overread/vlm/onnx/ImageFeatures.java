package io.overread.vlm.onnx;

import io.overread.vlm.failure.ModelFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the vision encoder made of some images: for each image some rows, one row for each image
 * token; and where the findings are seen, of a model that shows it.
 */
public final class ImageFeatures {

  private final float[] values;
  private final List<Integer> rows;
  private final int width;
  private final List<Map<String, HostTensor>> others;
  private final @Nullable FindingMaps maps;

  private ImageFeatures(
      float[] values,
      List<Integer> rows,
      int width,
      List<Map<String, HostTensor>> others,
      @Nullable FindingMaps maps) {
    this.values = values;
    this.rows = List.copyOf(rows);
    this.width = width;
    this.others = List.copyOf(others);
    this.maps = maps;
  }

  /** The features of no image. */
  public static ImageFeatures none(int width) {
    return new ImageFeatures(new float[0], List.of(), width, List.of(), null);
  }

  /** The features of one image. */
  static ImageFeatures of(
      float[] values, int width, Map<String, HostTensor> others, @Nullable FindingMaps maps) {
    return new ImageFeatures(
        values, List.of(values.length / width), width, List.of(Map.copyOf(others)), maps);
  }

  /** The features of several images one after another, of one width. */
  public static ImageFeatures concatenated(List<ImageFeatures> parts) {
    ImageFeatures first = parts.getFirst();
    List<Integer> rows = new ArrayList<>();
    List<Map<String, HostTensor>> others = new ArrayList<>();
    List<FindingMaps> maps = new ArrayList<>();
    for (ImageFeatures part : parts) {
      if (part.width != first.width) {
        throw new ModelFormatException(
            "vision_encoder: image_features", "images of one study got different widths");
      }
      rows.addAll(part.rows);
      others.addAll(part.others);
      if (part.maps != null) {
        maps.add(part.maps);
      }
    }
    float[] values = new float[parts.stream().mapToInt(part -> part.values.length).sum()];
    int to = 0;
    for (ImageFeatures part : parts) {
      System.arraycopy(part.values, 0, values, to, part.values.length);
      to += part.values.length;
    }
    return new ImageFeatures(
        values, rows, first.width, others, maps.isEmpty() ? null : FindingMaps.concatenated(maps));
  }

  /** How many images there were. */
  public int images() {
    return rows.size();
  }

  /** Rows in all. */
  public int rows() {
    return values.length / width;
  }

  /** Rows of one image, from 0. */
  public int rowsOf(int image) {
    return rows.get(image);
  }

  /** Numbers in a row: the decoder's hidden size. */
  public int width() {
    return width;
  }

  /**
   * Another output of the vision encoder for one image; null where the graph has none of this name.
   */
  public @Nullable HostTensor other(int image, String name) {
    return others.get(image).get(name);
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
