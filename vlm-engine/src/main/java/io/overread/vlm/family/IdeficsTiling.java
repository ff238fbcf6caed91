package io.overread.vlm.family;

import io.overread.vlm.image.TargetSize;
import io.overread.vlm.model.ModelJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes that an image passes through before it is cut, as {@code Idefics3ImageProcessor} counts
 * them.
 *
 * @param longest the longer edge that an image is first resized to, in pixels; 0 keeps its size
 * @param tile edge of a tile, in pixels
 * @param cuts whether images are cut at all
 */
record IdeficsTiling(int longest, int tile, boolean cuts) {

  private static final int MAX_EDGE = 4096;
  private static final int MAX_TILE = 2048;
  private static final int MAX_TILES = 144;

  static IdeficsTiling of(ModelJson images) {
    int longest = images.flag("do_resize", true) ? edge(images, "size", MAX_EDGE) : 0;
    int tile = edge(images, "max_image_size", MAX_TILE);
    IdeficsTiling tiling =
        new IdeficsTiling(longest, tile, images.flag("do_image_splitting", true));
    if (tiling.mostTiles() > MAX_TILES + 1) {
      throw images.malformed("max_image_size", "cuts an image into " + tiling.mostTiles());
    }
    return tiling;
  }

  private static int edge(ModelJson images, String name, int most) {
    ModelJson size = images.object(name);
    int edge = size == null ? 0 : size.integer("longest_edge").orElse(0);
    if (edge < 1 || edge > most) {
      throw images.malformed(name, "longest_edge is not between 1 and " + most);
    }
    return edge;
  }

  /** How many pictures the encoder sees of the largest image: its tiles, and the whole. */
  int mostTiles() {
    int along = Math.ceilDiv(longest == 0 ? MAX_EDGE : longest, tile);
    return cuts && along > 1 ? along * along + 1 : 1;
  }

  /** The sizes, one after another; the last is made of whole tiles. */
  List<TargetSize.Exact> fitted(int height, int width) {
    List<TargetSize.Exact> sizes = new ArrayList<>();
    TargetSize.Exact size = new TargetSize.Exact(height, width);
    // An unresized image is bounded too, or it would be cut without end.
    int wanted = longest > 0 ? longest : Math.max(height, width) > MAX_EDGE ? MAX_EDGE : 0;
    if (wanted > 0) {
      size = toLongest(size, wanted);
      sizes.add(size);
    }
    sizes.add(cuts ? wholeTiles(size) : new TargetSize.Exact(tile, tile));
    return sizes;
  }

  /** The shorter edge is cut off to whole pixels, then made even. */
  private static TargetSize.Exact toLongest(TargetSize.Exact size, int edge) {
    double ratio = (double) size.width() / size.height();
    if (size.width() >= size.height()) {
      int height = (int) (edge / ratio);
      return new TargetSize.Exact(Math.max(1, height + height % 2), edge);
    }
    int width = (int) (edge * ratio);
    return new TargetSize.Exact(edge, Math.max(1, width + width % 2));
  }

  private TargetSize.Exact wholeTiles(TargetSize.Exact size) {
    double ratio = (double) size.width() / size.height();
    if (size.width() >= size.height()) {
      int width = rounded(size.width());
      return new TargetSize.Exact(rounded((int) (width / ratio)), width);
    }
    int height = rounded(size.height());
    return new TargetSize.Exact(height, rounded((int) (height * ratio)));
  }

  private int rounded(int edge) {
    return Math.max(1, Math.ceilDiv(edge, tile)) * tile;
  }
}
