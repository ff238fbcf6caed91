package io.overread.vlm.image;

/**
 * The size at which Qwen's vision models read an image: both edges a multiple of a factor, the
 * number of pixels within bounds, the shape kept as well as that allows.
 *
 * @param factor edge of what one image token covers, in pixels
 * @param fewest pixels, at least
 * @param most pixels, at most
 */
public record SmartResize(int factor, long fewest, long most) {

  /** Beyond this ratio of the edges the hub's processors refuse an image. */
  private static final int MAX_RATIO = 200;

  /** Refuses bounds that no size meets. */
  public SmartResize {
    if (factor < 1 || fewest < 1 || most < Math.max(fewest, (long) factor * factor)) {
      throw new IllegalArgumentException(
          "no image is a multiple of " + factor + " and of " + fewest + " to " + most + " pixels");
    }
  }

  /**
   * The size of an image of the given one, rounded as the hub's processors round.
   *
   * @throws IllegalArgumentException if one edge is more than 200 times the other
   */
  public TargetSize.Exact of(int height, int width) {
    if (Math.max(height, width) > (long) MAX_RATIO * Math.min(height, width)) {
      throw new IllegalArgumentException(
          "an image of " + width + "x" + height + ": one edge is over 200 times the other");
    }
    double high = nearest(height);
    double wide = nearest(width);
    double pixels = (double) height * width;
    if (high * wide > most) {
      double by = Math.sqrt(pixels / most);
      high = Math.max(factor, Math.floor(height / by / factor) * factor);
      wide = Math.max(factor, Math.floor(width / by / factor) * factor);
    } else if (high * wide < fewest) {
      double by = Math.sqrt(fewest / pixels);
      high = Math.ceil(height * by / factor) * factor;
      wide = Math.ceil(width * by / factor) * factor;
    }
    return new TargetSize.Exact((int) high, (int) wide);
  }

  /** Python rounds a half to the even neighbour. */
  private double nearest(int edge) {
    return Math.rint((double) edge / factor) * factor;
  }
}
