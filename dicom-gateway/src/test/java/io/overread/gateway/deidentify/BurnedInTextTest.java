package io.overread.gateway.deidentify;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BurnedInTextTest {

  /** Soft bright bands on a dark ground, as ribs are, with a little noise. */
  private static BufferedImage bands(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double band = Math.sin((y + 0.2 * Math.abs(x - width / 2.0)) * 14 / height * Math.PI);
        double value = 90 + 60 * band + 8 * random.nextGaussian();
        image.getRaster().setSample(x, y, 0, Math.clamp((long) value, 0, 255));
      }
    }
    return image;
  }

  private static void write(BufferedImage image, String text, int x, int y, int size, Color color) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    graphics.setColor(color);
    graphics.drawString(text, x, y);
    graphics.dispose();
  }

  @Test
  void text_of_any_kind_is_found_wherever_it_stands() {
    Random random = new Random(7);
    BufferedImage ground = bands(700, 560);
    int caught = 0;
    for (int i = 0; i < 30; i++) {
      DrawnText drawn = DrawnText.on(ground, random, i % 2 == 0);
      List<Area> found = BurnedInText.in(drawn.image());
      caught += drawn.inkWithin(found) > 0.95 ? 1 : 0;
      assertThat(DrawnText.share(drawn.image(), found)).isLessThan(0.2);
    }
    assertThat(caught).isGreaterThanOrEqualTo(28);
  }

  @Test
  void nothing_is_found_on_an_image_without_text_whatever_its_size() {
    for (int edge : List.of(1, 5, 64, 300, 1000, 3000)) {
      assertThat(BurnedInText.in(bands(edge, Math.max(1, edge * 3 / 4)))).as("%d", edge).isEmpty();
    }
  }

  @Test
  void a_marker_of_one_letter_stays() {
    BufferedImage image = bands(600, 600);
    write(image, "L", 520, 70, 40, Color.WHITE);
    write(image, "R", 40, 70, 24, Color.WHITE);
    assertThat(BurnedInText.in(image)).isEmpty();
  }

  @Test
  void a_name_on_a_large_radiograph_is_black_and_the_rest_as_it_was() {
    BufferedImage image = bands(2500, 2000);
    write(image, "DOE^JANE 12.04.1963", 60, 120, 70, Color.WHITE);
    ImagesToSend.Cleaned cleaned =
        new ImagesToSend(new CleanPixelData(List.of()), true).clean(new Cleaning.None(), image);
    assertThat(cleaned.textAreas()).isPositive();
    int brightest = 0;
    for (int y = 60; y < 140; y++) {
      for (int x = 50; x < 800; x++) {
        brightest = Math.max(brightest, cleaned.image().getRaster().getSample(x, y, 0));
      }
    }
    assertThat(brightest).isLessThan(200);
    assertThat(cleaned.image().getRaster().getSample(2000, 1500, 0))
        .isEqualTo(image.getRaster().getSample(2000, 1500, 0));
  }

  @Test
  void a_site_may_switch_it_off() {
    BufferedImage image = bands(600, 600);
    write(image, "DOE^JANE", 60, 120, 20, Color.WHITE);
    ImagesToSend.Cleaned cleaned =
        new ImagesToSend(new CleanPixelData(List.of()), false).clean(new Cleaning.None(), image);
    assertThat(cleaned.image()).isSameAs(image);
    assertThat(cleaned.textAreas()).isZero();
  }
}
