package io.overread.vlm.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class ImageGuardTest {

  private final ImageGuard guard = new ImageGuard();

  @Test
  void a_picture_is_let_through() {
    assertThat(guard.objection(image(200, 200, ImageGuardTest::hill))).isEmpty();
  }

  @Test
  void blank_noisy_cut_off_and_gaudy_images_are_objected_to() {
    SplittableRandom random = new SplittableRandom(7);
    assertThat(reason(image(200, 200, (x, y) -> 0x303030))).contains("blank");
    assertThat(reason(image(200, 200, (x, y) -> gray(random.nextInt(256))))).contains("noise");
    assertThat(reason(image(200, 200, (x, y) -> y < 120 ? hill(x, y) : 0x808080)))
        .contains("cut off");
    assertThat(reason(image(200, 200, (x, y) -> 0xff0000 | (x + x * 7 % 11) << 8)))
        .contains("colours");
  }

  @Test
  void what_changes_evenly_and_what_is_drawn_is_no_body() {
    SplittableRandom random = new SplittableRandom(7);
    int[] values = random.ints(64, 0, 256).toArray();
    assertThat(reason(image(300, 300, (x, y) -> gray((x + y) * 2 / 5)))).contains("detail");
    assertThat(reason(image(300, 300, (x, y) -> gray(values[y / 40 * 8 + x / 40]))))
        .contains("drawn");
  }

  @Test
  void gray_is_taken_as_it_is_stored() {
    // Java would brighten TYPE_BYTE_GRAY as linear light, and see steps in an even ramp.
    BufferedImage ramp = new BufferedImage(300, 300, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        ramp.getRaster().setSample(x, y, 0, x / 2);
      }
    }
    assertThat(reason(ramp)).contains("detail");
  }

  @Test
  void an_image_of_one_pixel_is_blank() {
    assertThat(reason(image(1, 1, (x, y) -> 0))).contains("blank");
  }

  @Test
  void a_dark_margin_below_is_no_cut() {
    assertThat(guard.objection(image(200, 200, (x, y) -> y < 150 ? fading(x, y) : 0))).isEmpty();
  }

  private String reason(BufferedImage image) {
    return guard.objection(image).orElseThrow().reason();
  }

  private static int hill(int x, int y) {
    return gray((int) (255 - Math.hypot(x - 100, y - 60)) + x * 7 % 11);
  }

  private static int fading(int x, int y) {
    return gray((int) ((150 - y) * (0.6 + x / 500.0)) + x * 7 % 11);
  }

  private static int gray(int value) {
    int clamped = Math.clamp(value, 0, 255);
    return clamped << 16 | clamped << 8 | clamped;
  }

  private static BufferedImage image(int width, int height, IntBinaryOperator rgb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb.applyAsInt(x, y));
      }
    }
    return image;
  }
}
