package io.overread.vlm.guard.marker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerReaderTest {

  private final MarkerReader reader = new MarkerReader();

  @ParameterizedTest
  @CsvSource({
    "R, false, 400, 0", "R, true, 400, 0", "L, false, 400, 0", "L, true, 400, 0",
    "R, false, 1800, 8", "L, false, 1800, -8", "R, false, 900, 90", "R, true, 900, 180"
  })
  void a_letter_is_read_at_any_resolution_as_it_stands_and_mirrored(
      String letter, boolean mirrored, int width, int turned) {
    BufferedImage image = film(width);
    draw(image, letter, 0.88, 0.1, 0.05, mirrored, turned);
    List<SideMarker> markers = reader.read(image).clear();
    assertThat(markers).hasSize(1);
    SideMarker marker = markers.getFirst();
    assertThat(marker.side().letter()).isEqualTo(letter);
    assertThat(marker.mirrored()).isEqualTo(mirrored);
    assertThat(marker.x()).isCloseTo(0.88, within(0.03));
    assertThat(marker.y()).isCloseTo(0.1, within(0.03));
  }

  @ParameterizedTest
  @CsvSource({"LT, LEFT", "RT, RIGHT", "LEFT, LEFT", "RIGHT, RIGHT"})
  void a_word_is_read(String word, Side side) {
    BufferedImage image = film(600);
    draw(image, word, 0.16, 0.2, 0.05, false, 0);
    assertThat(reader.read(image).clear()).extracting(SideMarker::side).containsExactly(side);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"P", "K", "B", "A", "T", "E", "J", "H", "1", "7", "4", "PORTABLE", "ERECT", "AR"})
  void other_letters_and_letters_within_other_words_are_no_markers(String text) {
    for (boolean mirrored : new boolean[] {false, true}) {
      BufferedImage image = film(600);
      draw(image, text, 0.12, 0.15, 0.05, mirrored, 0);
      assertThat(reader.read(image).clear()).as("mirrored: %s", mirrored).isEmpty();
    }
  }

  @Test
  void who_took_the_image_stands_below_the_letter_smaller_and_is_no_side() {
    BufferedImage image = film(600);
    draw(image, "R", 0.1, 0.1, 0.06, false, 0);
    draw(image, "O", 0.1, 0.17, 0.035, false, 0);
    draw(image, "L", 0.1, 0.22, 0.035, false, 0);
    draw(image, "G", 0.1, 0.27, 0.035, false, 0);
    assertThat(reader.read(image).clear()).extracting(SideMarker::side).containsExactly(Side.RIGHT);
  }

  @Test
  void an_l_that_lies_on_its_side_may_be_a_mirrored_one_and_is_not_read() {
    BufferedImage image = film(600);
    draw(image, "L", 0.1, 0.1, 0.06, false, 90);
    assertThat(reader.read(image).clear()).isEmpty();
  }

  @Test
  void both_sides_may_be_marked() {
    BufferedImage image = film(600);
    draw(image, "R", 0.1, 0.1, 0.05, false, 0);
    draw(image, "L", 0.9, 0.1, 0.05, false, 0);
    assertThat(reader.read(image).clear())
        .extracting(SideMarker::side)
        .containsExactlyInAnyOrder(Side.LEFT, Side.RIGHT);
  }

  @Test
  void nothing_is_read_in_the_middle_on_an_empty_film_and_in_noise() {
    assertThat(reader.read(film(500))).isEqualTo(new SideMarkers.None());
    BufferedImage middle = film(500);
    draw(middle, "R", 0.5, 0.5, 0.06, false, 0);
    assertThat(reader.read(middle).clear()).isEmpty();
    BufferedImage noise = film(300);
    SplittableRandom random = new SplittableRandom(5);
    for (int y = 0; y < noise.getHeight(); y++) {
      for (int x = 0; x < noise.getWidth(); x++) {
        noise.getRaster().setSample(x, y, 0, random.nextInt(256));
      }
    }
    assertThat(reader.read(noise).clear()).isEmpty();
    assertThat(reader.read(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY)).clear())
        .isEmpty();
  }

  /** Dark beside a brighter body, with a little noise. */
  private static BufferedImage film(int width) {
    BufferedImage image = new BufferedImage(width, width, BufferedImage.TYPE_BYTE_GRAY);
    SplittableRandom random = new SplittableRandom(3);
    for (int y = 0; y < width; y++) {
      for (int x = 0; x < width; x++) {
        double off = Math.abs(x - width / 2.0) / (width / 2.0);
        int body = (int) (150 * Math.clamp(1.3 - 1.6 * off, 0.0, 1.0));
        image.getRaster().setSample(x, y, 0, 20 + body + random.nextInt(8));
      }
    }
    return image;
  }

  /** Text about a point; sizes in widths of the image. */
  private static void draw(
      BufferedImage image,
      String text,
      double x,
      double y,
      double size,
      boolean mirrored,
      int turned) {
    double height = size * image.getWidth();
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.setStroke(new BasicStroke(0.15f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    AffineTransform at = new AffineTransform();
    at.translate(x * image.getWidth(), y * image.getHeight());
    at.scale(mirrored ? -height : height, height);
    at.rotate(Math.toRadians(turned));
    at.translate(-text.length() * 0.45 + 0.12, -0.5);
    pen.transform(at);
    for (int i = 0; i < text.length(); i++) {
      for (double[] stroke : Objects.requireNonNull(Strokes.all().get(text.charAt(i))).getFirst()) {
        Path2D path = new Path2D.Double();
        path.moveTo(i * 0.9 + 0.66 * stroke[0], stroke[1]);
        for (int p = 2; p < stroke.length; p += 2) {
          path.lineTo(i * 0.9 + 0.66 * stroke[p], stroke[p + 1]);
        }
        pen.draw(path);
      }
    }
    pen.dispose();
  }
}
