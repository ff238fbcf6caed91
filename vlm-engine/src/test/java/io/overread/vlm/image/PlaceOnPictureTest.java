package io.overread.vlm.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.overread.vlm.image.ImagePreprocessor.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A white pixel is found again where it was, however the picture was prepared. */
class PlaceOnPictureTest {

  private static final TargetSize.Exact PICTURE = new TargetSize.Exact(60, 120);
  private static final TargetSize.Exact SQUARE = new TargetSize.Exact(48, 48);

  @Test
  void a_place_is_found_again_behind_padding_resizing_and_cropping() {
    byte[] black = new byte[3];
    isFoundAgain(preprocessor(null, SQUARE, null), 84, 33);
    isFoundAgain(preprocessor(black, SQUARE, null), 84, 33);
    isFoundAgain(preprocessor(null, new TargetSize.ShortestEdge(48), SQUARE), 66, 33);
    isFoundAgain(preprocessor(null, new TargetSize.LongestEdge(40), SQUARE), 84, 33);
    isFoundAgain(preprocessor(null, null, SQUARE), 66, 33);
  }

  @Test
  void a_border_lies_beside_the_picture() {
    Point corner = preprocessor(new byte[3], SQUARE, null).onPicture(new Point(0, 0), PICTURE);
    assertThat(corner.x()).isCloseTo(0, within(1e-9));
    assertThat(corner.y()).isNegative();
  }

  private static void isFoundAgain(ImagePreprocessor preprocessor, int x, int y) {
    byte[] samples = new byte[PICTURE.width() * PICTURE.height() * 3];
    for (int row = y - 2; row <= y + 2; row++) {
      for (int column = x - 2; column <= x + 2; column++) {
        samples[(row * PICTURE.width() + column) * 3] = (byte) 255;
      }
    }
    RgbImage prepared =
        preprocessor.arrange(new RgbImage(PICTURE.width(), PICTURE.height(), samples));
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    for (int i = 0; i < prepared.width() * prepared.height(); i++) {
      double red = prepared.samples()[i * 3] & 255;
      sum += red;
      sumX += red * (i % prepared.width() + 0.5);
      sumY += red * (i / prepared.width() + 0.5);
    }
    Point found =
        preprocessor.onPicture(
            new Point(sumX / sum / prepared.width(), sumY / sum / prepared.height()), PICTURE);
    assertThat(found.x() * PICTURE.width()).isCloseTo(x + 0.5, within(1.0));
    assertThat(found.y() * PICTURE.height()).isCloseTo(y + 0.5, within(1.0));
  }

  private static ImagePreprocessor preprocessor(
      byte @Nullable [] fill, @Nullable TargetSize size, TargetSize.@Nullable Exact crop) {
    return new ImagePreprocessor(
        fill,
        size,
        ResamplingFilter.BILINEAR,
        crop,
        new Normalisation(1 / 255.0, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));
  }
}
