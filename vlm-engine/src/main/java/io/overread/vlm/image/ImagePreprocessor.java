package io.overread.vlm.image;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What {@code preprocessor_config.json} asks for, in the hub's order: pad to a square, resize, crop
 * the centre, rescale, normalise.
 *
 * @param squareFill the colour that pads to a square first, red, green, blue; null pads nothing
 * @param size the size to resize to; null keeps the size
 * @param filter how it resizes
 * @param crop the centre to keep, padded with black where the image is smaller; null keeps all
 * @param normalisation from eight bits to numbers
 */
@SuppressWarnings("ArrayRecordComponent") // three samples, read only
public record ImagePreprocessor(
    byte @Nullable [] squareFill,
    @Nullable TargetSize size,
    ResamplingFilter filter,
    TargetSize.@Nullable Exact crop,
    Normalisation normalisation) {

  /** One image as the vision encoder reads it. */
  public PixelTensor prepare(BufferedImage image) {
    return normalisation.apply(arrange(RgbImage.of(image)));
  }

  /** The image padded, resized and cropped. */
  public RgbImage arrange(RgbImage image) {
    RgbImage arranged = squareFill == null ? image : squared(image, squareFill);
    if (size != null) {
      TargetSize.Exact target = size.of(arranged.height(), arranged.width());
      arranged = Resampler.resize(arranged, target.width(), target.height(), filter);
    }
    return crop == null ? arranged : cropped(arranged, crop);
  }

  /** The size that every image ends up with, or null where it depends on the image. */
  public TargetSize.@Nullable Exact fixedSize() {
    if (crop != null) {
      return crop;
    }
    return size instanceof TargetSize.Exact exact ? exact : null;
  }

  /** Whether relative places on the prepared image are those of the image as it came. */
  public boolean keepsRelativePlaces() {
    return squareFill == null && crop == null;
  }

  /**
   * Where a place on the prepared image lies on the image as it came; outside of it where the place
   * is one of a border.
   *
   * @param prepared relative to the prepared image, from its upper left corner
   * @param picture the size of the image as it came
   */
  public Point onPicture(Point prepared, TargetSize.Exact picture) {
    boolean pads = squareFill != null;
    int edge = Math.max(picture.width(), picture.height());
    int width = pads ? edge : picture.width();
    int height = pads ? edge : picture.height();
    TargetSize.Exact resized =
        size == null ? new TargetSize.Exact(height, width) : size.of(height, width);
    double x = prepared.x();
    double y = prepared.y();
    if (crop != null) {
      x = (x * crop.width() - border(crop.width(), resized.width())) / resized.width();
      y = (y * crop.height() - border(crop.height(), resized.height())) / resized.height();
    }
    int left = (width - picture.width()) / 2;
    int top = (height - picture.height()) / 2;
    return new Point((x * width - left) / picture.width(), (y * height - top) / picture.height());
  }

  /** A place, relative to an image. */
  public record Point(double x, double y) {}

  private static int border(int wanted, int length) {
    return Math.ceilDiv(wanted - length, 2);
  }

  private static RgbImage squared(RgbImage image, byte[] fill) {
    int edge = Math.max(image.width(), image.height());
    if (image.width() == image.height()) {
      return image;
    }
    byte[] canvas = new byte[edge * edge * 3];
    for (int i = 0; i < canvas.length; i++) {
      canvas[i] = fill[i % 3];
    }
    return onto(canvas, edge, edge, image, (edge - image.height()) / 2, (edge - image.width()) / 2);
  }

  private static RgbImage cropped(RgbImage image, TargetSize.Exact crop) {
    byte[] canvas = new byte[crop.width() * crop.height() * 3];
    int top = border(crop.height(), image.height());
    int left = border(crop.width(), image.width());
    return onto(canvas, crop.width(), crop.height(), image, top, left);
  }

  private static RgbImage onto(
      byte[] canvas, int width, int height, RgbImage image, int top, int left) {
    int from = Math.max(0, -left);
    int columns = Math.min(image.width() - from, width - Math.max(0, left));
    for (int y = Math.max(0, -top); y < image.height() && y + top < height; y++) {
      System.arraycopy(
          image.samples(),
          (y * image.width() + from) * 3,
          canvas,
          ((y + top) * width + Math.max(0, left)) * 3,
          columns * 3);
    }
    return new RgbImage(width, height, canvas);
  }

  @Override
  public String toString() {
    return "ImagePreprocessor[squareFill="
        + Arrays.toString(squareFill)
        + ", size="
        + size
        + ", filter="
        + filter
        + ", crop="
        + crop
        + ", "
        + normalisation
        + "]";
  }
}
